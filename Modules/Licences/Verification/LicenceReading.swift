import Extension

/// What could be read of a file: the document and the licence file in it, or why not.
struct LicenceReading {
    private(set) var document: JSONValue?
    private(set) var file: LicenceFile?
    private(set) var findings: [Finding] = []

    init(_ bytes: [UInt8]) {
        guard bytes.count <= LicenceFile.maximumSize else {
            findings = [finding(.format, "size", "文件超过 1 MB，不是本系统签发的电子证照文件。")]
            return
        }
        do {
            let document = try JSONParser.parse(bytes)
            let file = try LicenceFile(json: document)
            findings = Self.unknownForms(of: file)
            if findings.isEmpty {
                self.document = document
                self.file = file
            }
        } catch let error as JSONError {
            findings = [
                finding(
                    .format, "json",
                    "不是本系统签发的电子证照文件，或文件已损坏（第 \(error.line) 行第 \(error.column) 个字节：\(error.message)）。"
                        + "其他机构签发的证照，请到其查验平台核验。")
            ]
        } catch let problem as Problem {
            findings = problem.findings.map {
                finding(.format, "member", "文件的 \($0.field) 一项不合格式：\($0.message)")
            }
        } catch {
            findings = [finding(.format, "unreadable", "文件读不出来，请重新下载后再核验。")]
        }
    }

    private static func unknownForms(of file: LicenceFile) -> [Finding] {
        var findings: [Finding] = []
        if file.format != LicenceFile.currentFormat {
            findings.append(finding(.format, "version", "不认识文件格式“\(file.format)”，请用新版程序核验。"))
        }
        if file.algorithm != LicenceFile.currentAlgorithm {
            findings.append(finding(.format, "algorithm", "不认识签名算法“\(file.algorithm)”，本系统只认 SM2-SM3。"))
        }
        return findings
    }
}
