import Standards
import Testing

@Suite("The table of divisions")
struct DivisionsTests {
    let table = Divisions.published

    @Test("has every row of the reference with its name and parent")
    func reference() throws {
        let vectors = Vectors.divisions
        let rows: [([DivisionVectors.Row], Division.Level)] = [
            (vectors.provinces, .province), (vectors.hunanPrefectures, .prefecture), (vectors.hunanCounties, .county),
            (vectors.yueyang.divisions, .county),
        ]
        for (list, level) in rows {
            for row in list {
                let division = try #require(table[DivisionCode(row.code)])
                #expect(division.name == row.name && division.level == level && division.isNational)
                #expect(division.parent?.text == row.parent)
            }
        }
        let known =
            vectors.provinces.count + vectors.hunanPrefectures.count + vectors.hunanCounties.count
            + vectors.hunanHistorical.count + vectors.yueyang.functionalZones.count
        #expect(table.all.count == known)
    }

    @Test("keeps retired codes and what became of them")
    func history() throws {
        for row in Vectors.divisions.hunanHistorical {
            let code = try DivisionCode(row.code)
            let division = try #require(table[code])
            #expect(division.name == row.name && division.retirement?.year == row.until)
            #expect(table.current(code)?.code.text == row.now)
            #expect(division.parent.map { table.children(of: $0).contains(division) } == false)
        }
    }

    @Test("flags every functional zone's code as a local one")
    func zones() throws {
        for zone in Vectors.divisions.yueyang.functionalZones {
            let division = try #require(table.named(zone.name).first)
            #expect(division.code.isLocal && !division.isNational)
            #expect(division.shortName == zone.short && division.parent?.text == zone.parent)
            #expect(division.statisticalCode == zone.statisticalCode)
            #expect((division.level == .park) == (zone.kind == "park"))
            #expect(division.code.isWithin(try DivisionCode("430600")))
        }
        #expect(table[try DivisionCode("430671")] == nil)
    }

    @Test("tells full names, children and containment")
    func tree() throws {
        let city = try DivisionCode("430600")
        #expect(table.fullName(of: try DivisionCode("430602")) == "湖南省岳阳市岳阳楼区")
        #expect(table.fullName(of: try DivisionCode("440101")) == nil)
        #expect(table.children(of: city).count == 14)
        #expect(try DivisionCode("430682-Z01").isWithin(DivisionCode("430000")))
        #expect(try DivisionCode("430602").isWithin(DivisionCode("100000")))
        #expect(try !DivisionCode("430700").isWithin(city) && !city.isWithin(DivisionCode("430602")))
        #expect(table.named("经开区").map(\.code.text) == ["430600-Z01"])
    }

    @Test("one division covers another exactly when it stands in its lineage")
    func lineage() throws {
        let codes =
            Vectors.divisions.yueyang.functionalZones.compactMap { table.named($0.name).first?.code.text }
            + ["430600", "430602", "430626", "430682", "430000", "430700", "440101", "100000"]
        for inner in codes {
            for outer in codes {
                #expect(DivisionCode.covers(outer, inner) == DivisionCode.lineage(of: inner).contains(outer))
            }
        }
        #expect(DivisionCode.lineage(of: "430682-Z01") == ["430682-Z01", "430682", "430600", "430000", "100000"])
        let unknown = "没有"
        #expect(DivisionCode.lineage(of: unknown) == [unknown] && DivisionCode.covers(unknown, unknown))
    }

    @Test("takes the zones of another city")
    func extending() throws {
        let zone = Division(code: try DivisionCode("430700-Z01"), name: "常德经开区", level: .zone)
        #expect(table.adding([zone]).children(of: try DivisionCode("430700")).contains(zone))
        #expect(table[zone.code] == nil)
    }
}

@Suite("A division code")
struct DivisionCodeTests {
    @Test(
        "is refused in any other form or outside every province",
        arguments: [
            ("", StandardsError.Code.divisionForm), ("43060", .divisionForm), ("4306000", .divisionForm),
            ("430600-Z1", .divisionForm), ("430600-A01", .divisionForm), ("43060A", .divisionForm),
            ("990000", .divisionUnknown), ("000000", .divisionUnknown), ("160000-Z01", .divisionUnknown),
        ])
    func refuses(text: String, code: StandardsError.Code) {
        #expect(refusal(of: try DivisionCode(text))?.code == code)
    }

    @Test("is coded as one string")
    func coding() throws {
        let code = try DivisionCode(" 430600-z01")
        #expect(try json(code) == "\"430600-Z01\"")
        #expect(try roundTrip(code) == code)
        #expect(code.nationalCode.text == "430600" && code.province.text == "430000")
    }
}
