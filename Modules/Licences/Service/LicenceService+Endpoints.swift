public import Extension
import Standards
import Storage

extension LicenceService {
    public var contributions: [any Contribution] {
        [
            register.audit, register.standing.check(), presentations.state.check(), qualities.state.check(), Self.read,
            Self.manage, Self.collectRight, list, show,
            download, downloadOriginal,
            downloadOFD, downloadPDF, verifyUpload, sealing,
        ] + lifeEndpoints + presentationEndpoints + proofEndpoints + collectionEndpoints
    }

    private var list: Endpoint {
        Endpoint(.get, "licences", summary: "本人（或所代表的主体）的证照", access: .personAlone) {
            (input: LicenceListInput, call: Call) -> CursorPage<LicenceView> in
            guard let party = call.actor.party else { throw Problem.forbidden }
            return try await page(of: party, before: input.after, limit: input.limit, by: call.act)
        }
    }

    /// A page of what a party holds or may see.
    func page(
        of party: Identifier, before cursor: Identifier?, limit: Int, by act: Act
    ) async throws -> CursorPage<LicenceView> {
        let licences = try await licences(of: party, before: cursor, limit: limit + 1, by: act)
        return CursorPage(
            licences.map { LicenceView($0, on: act.now.day, isDemonstration: isDemonstration) }, limit: limit,
            cursor: \.licence.id)
    }

    private var show: Endpoint {
        Endpoint(
            .get, "licences/{id}", summary: "一份证照", access: .signedIn, problems: [LicenceError.Code.notFound.rawValue]
        ) { (input: LicenceInput, call: Call) -> LicenceView in
            LicenceView(
                try await licence(input.identifier, by: call.act), on: call.act.now.day,
                isDemonstration: isDemonstration)
        }
    }

    private var download: Endpoint {
        Endpoint(
            download: "licences/{id}/file", summary: "本系统签发的证照的签名文件", access: .signedIn,
            contentTypes: [LicenceFile.contentType],
            problems: [LicenceError.Code.notFound.rawValue, LicenceError.Code.noFile.rawValue]
        ) { (input: LicenceInput, call: Call) in
            try await file(of: input.identifier, by: call.act)
        }
    }

    private var downloadOFD: Endpoint {
        Endpoint(
            download: "licences/{id}/ofd", summary: "盖有颁发机构电子印章的 OFD 文件", access: .signedIn,
            contentTypes: [LicenceDocuments.Form.ofd.contentType],
            problems: [LicenceError.Code.notFound.rawValue, LicenceError.Code.noFile.rawValue]
        ) { (input: LicenceInput, call: Call) in
            try await ofd(of: input.identifier, by: call.act)
        }
    }

    private var downloadPDF: Endpoint {
        Endpoint(
            download: "licences/{id}/pdf", summary: "盖有颁发机构电子印章的 PDF 文件", access: .signedIn,
            contentTypes: [LicenceDocuments.Form.pdf.contentType],
            problems: [LicenceError.Code.notFound.rawValue, LicenceError.Code.noFile.rawValue]
        ) { (input: LicenceInput, call: Call) in
            try await pdf(of: input.identifier, by: call.act)
        }
    }

    private var downloadOriginal: Endpoint {
        Endpoint(
            download: "licences/{id}/original", summary: "其他机构签发的证照的原件", access: .signedIn,
            contentTypes: BlobType.allCases.map(\.mediaType),
            problems: [LicenceError.Code.notFound.rawValue, LicenceError.Code.noOriginal.rawValue]
        ) { (input: LicenceInput, call: Call) in
            try await original(of: input.identifier, by: call.act)
        }
    }

    private var verifyUpload: Endpoint {
        Endpoint(
            upload: .post, "licences/verify", summary: "核验一份证照文件，任何人都可以用", access: .anyone, status: 200,
            problems: [LicenceError.Code.fileSize.rawValue]
        ) { (_: Nothing, file: UploadedFile, call: Call) -> LicenceVerificationView in
            LicenceVerificationView(try await verify(file.bytes, at: call.act.now))
        }
    }
}

/// Which page of one's licences.
struct LicenceListInput: SchemaType {
    var after: Identifier?
    var limit = 50

    static let schema = Schema<LicenceListInput> {
        Field("after", \.after, .optional(.identifier), doc: "上一页给出的游标", in: .query)
        Field("limit", \.limit, Format.integer(in: 1...200).withDefault, doc: "每页几份", in: .query)
    }
}

/// Which licence.
struct LicenceInput: SchemaType {
    var id: Identifier?

    static let schema = Schema<LicenceInput> {
        Field("id", \.id, .optional(.identifier), doc: "证照的系统编号", in: .path)
    }

    /// The identifier of the path, which the route always has.
    var identifier: Identifier {
        get throws {
            guard let id else { throw LicenceError.unknown }
            return id
        }
    }
}
