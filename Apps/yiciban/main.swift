import Composition
import Console

await Programs.console.main()
