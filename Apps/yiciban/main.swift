import Composition

await Programs.console.main()
