/// The requests of a load, as a script for wrk.
struct LoadScript {
    /// Begins the line in which wrk tells what it measured.
    static let mark = "yiciban-bench"

    let text: String

    private init(_ body: String) {
        text = """
            \(body)
            function done(summary, latency, requests)
                local e = summary.errors
                io.write(string.format("\(Self.mark) %.0f %.0f %.0f %.0f %.0f\\n", summary.requests, summary.duration,
                    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
            end
            """
    }

    /// The same request again and again.
    static func get(token: String? = nil, cookie: String? = nil) -> LoadScript {
        var lines = ""
        if let token { lines += "wrk.headers[\"Authorization\"] = \"Bearer \(token)\"\n" }
        if let cookie { lines += "wrk.headers[\"Cookie\"] = \"\(cookie)\"\n" }
        return LoadScript(lines)
    }

    /// Reads objects at random, one path a line in a file.
    static func get(pathsIn file: String, below prefix: String, token: String? = nil) -> LoadScript {
        LoadScript(
            """
            \(token.map { "wrk.headers[\"Authorization\"] = \"Bearer \($0)\"" } ?? "")
            local threads = 0
            local requests = {}
            function setup(thread)
                threads = threads + 1
                thread:set("number", threads)
            end
            function init(args)
                math.randomseed(number)
                for line in io.lines("\(file)") do
                    requests[#requests + 1] = wrk.format("GET", "\(prefix)" .. line)
                end
            end
            function request() return requests[math.random(#requests)] end
            """)
    }

    /// Posts a body that is another one each time: `{name}` in it becomes a name that no other request carries.
    ///
    /// - Parameter series: tells one load's names from another's, below 2,000.
    static func post(_ body: String, series: Int, token: String? = nil) -> LoadScript {
        LoadScript(
            """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            \(token.map { "wrk.headers[\"Authorization\"] = \"Bearer \($0)\"" } ?? "")
            local threads = 0
            local serial = 0
            local head, tail = ([==[\(body)]==]):match("^(.*){name}(.*)$")
            function setup(thread)
                threads = threads + 1
                thread:set("number", threads)
            end
            local function han(index)
                local code = 0x4E00 + index
                return string.char(
                    0xE0 + math.floor(code / 4096), 0x80 + math.floor(code / 64) % 64, 0x80 + code % 64)
            end
            function request()
                serial = serial + 1
                local name = han(\(series) * 2 + number) .. han(math.floor(serial / 5000)) .. han(serial % 5000)
                return wrk.format("POST", nil, nil, head .. name .. tail)
            end
            """)
    }
}
