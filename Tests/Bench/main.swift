import ArgumentParser

await BenchCommand.main()
