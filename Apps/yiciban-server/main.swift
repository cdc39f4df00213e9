import Composition

await Programs.console.serverMain()
