import Composition
import Console

await Programs.console.serverMain()
