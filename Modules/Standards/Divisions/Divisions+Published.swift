extension Divisions {
    /// Sources: PyPI cpca 0.5.5 and python-stdnum 2.2, with the county changes of 2017 to 2021 applied
    /// (`reference/divisions.json`).
    static var publishedRows: [Division] {
        let provinces = Provinces.names.map { prefix, name in
            Division(code: DivisionCode(unchecked: prefix + "0000"), name: String(name), level: .province)
        }
        return provinces + rows(hunanPrefectures, .prefecture) + rows(hunanCounties, .county) + retired + yueyangZones
    }

    private static func rows(_ table: String, _ level: Division.Level) -> [Division] {
        table.split(whereSeparator: \.isWhitespace).map { row in
            Division(code: DivisionCode(unchecked: String(row.prefix(6))), name: String(row.dropFirst(6)), level: level)
        }
    }

    private static var retired: [Division] {
        let codes: [(code: String, name: String, year: Int, successor: String)] = [
            ("430622", "临湘县", 1992, "430682"), ("430625", "汨罗县", 1987, "430681"),
            ("430124", "宁乡县", 2017, "430182"), ("430221", "株洲县", 2018, "430212"),
            ("430521", "邵东县", 2019, "430582"), ("431121", "祁阳县", 2021, "431181"),
            ("430122", "望城县", 2011, "430112"),
        ]
        return codes.map { row in
            Division(
                code: DivisionCode(unchecked: row.code), name: row.name, level: .county,
                retirement: .init(year: row.year, successor: DivisionCode(unchecked: row.successor)))
        }
    }

    /// Zones that the city's plan names. GB/T 2260 has no code for any of them: these codes are ours alone and never
    /// leave the system unmapped.
    private static var yueyangZones: [Division] {
        func zone(
            _ code: String, _ name: String, _ short: String, _ level: Division.Level = .zone, statistics: String? = nil
        ) -> Division {
            Division(
                code: DivisionCode(unchecked: code), name: name, level: level, shortName: short,
                statisticalCode: statistics)
        }
        return [
            zone("430600-Z01", "岳阳经济技术开发区", "经开区"),
            zone("430600-Z02", "城陵矶新港区", "新港区"),
            zone("430600-Z03", "南湖新区", "南湖新区"),
            zone("430600-Z04", "屈原管理区", "屈原", statistics: "430671"),
            zone("430624-Z01", "湘江新区湘阴片区", "湘阴片区"),
            zone("430682-Z01", "临湘高新区", "临湘高新区", .park),
            zone("430600-Z05", "中国(湖南)自由贸易试验区岳阳片区", "自贸片区"),
        ]
    }

    private static let hunanPrefectures = """
        430100长沙市 430200株洲市 430300湘潭市 430400衡阳市 430500邵阳市 430600岳阳市 430700常德市 430800张家界市 430900益阳市
        431000郴州市 431100永州市 431200怀化市 431300娄底市 433100湘西土家族苗族自治州
        """

    private static let hunanCounties = """
        430102芙蓉区 430103天心区 430104岳麓区 430105开福区 430111雨花区 430112望城区 430121长沙县 430181浏阳市 430182宁乡市
        430202荷塘区 430203芦淞区 430204石峰区 430211天元区 430212渌口区 430223攸县 430224茶陵县 430225炎陵县 430281醴陵市
        430302雨湖区 430304岳塘区 430321湘潭县 430381湘乡市 430382韶山市
        430405珠晖区 430406雁峰区 430407石鼓区 430408蒸湘区 430412南岳区 430421衡阳县 430422衡南县 430423衡山县 430424衡东县
        430426祁东县 430481耒阳市 430482常宁市
        430502双清区 430503大祥区 430511北塔区 430522新邵县 430523邵阳县 430524隆回县 430525洞口县 430527绥宁县 430528新宁县
        430529城步苗族自治县 430581武冈市 430582邵东市
        430602岳阳楼区 430603云溪区 430611君山区 430621岳阳县 430623华容县 430624湘阴县 430626平江县 430681汨罗市 430682临湘市
        430702武陵区 430703鼎城区 430721安乡县 430722汉寿县 430723澧县 430724临澧县 430725桃源县 430726石门县 430781津市市
        430802永定区 430811武陵源区 430821慈利县 430822桑植县
        430902资阳区 430903赫山区 430921南县 430922桃江县 430923安化县 430981沅江市
        431002北湖区 431003苏仙区 431021桂阳县 431022宜章县 431023永兴县 431024嘉禾县 431025临武县 431026汝城县 431027桂东县
        431028安仁县 431081资兴市
        431102零陵区 431103冷水滩区 431122东安县 431123双牌县 431124道县 431125江永县 431126宁远县 431127蓝山县 431128新田县
        431129江华瑶族自治县 431181祁阳市
        431202鹤城区 431221中方县 431222沅陵县 431223辰溪县 431224溆浦县 431225会同县 431226麻阳苗族自治县 431227新晃侗族自治县
        431228芷江侗族自治县 431229靖州苗族侗族自治县 431230通道侗族自治县 431281洪江市
        431302娄星区 431321双峰县 431322新化县 431381冷水江市 431382涟源市
        433101吉首市 433122泸溪县 433123凤凰县 433124花垣县 433125保靖县 433126古丈县 433127永顺县 433130龙山县
        """
}
