public import Extension
public import Standards
public import Storage

/// Sends one-time codes to telephones at once: past the inbox, the quiet hours and the follow-up, since whoever asked
/// waits for it. Who may ask how often is the caller's to limit.
public struct CodeSender: Sendable {
    private let channel: any MessageChannel
    private let template: String

    /// - Parameters:
    ///   - channel: by which short messages leave.
    ///   - template: the provider's template, whose one variable is the code.
    public init(channel: any MessageChannel, template: String) {
        self.channel = channel
        self.template = template
    }

    /// The sender of a deployment; nil when it sends no short messages, or its provider has no template for codes.
    public init?(_ settings: SMSSettings, database: any Database, cipher: FieldCipher) {
        switch settings.channel {
        case .none: return nil
        case .sandbox:
            let template = settings.codeTemplate.isEmpty ? "sign-in.code" : settings.codeTemplate
            self.init(channel: SandboxChannel(database: database, cipher: cipher), template: template)
        case .http:
            guard !settings.codeTemplate.isEmpty, let channel = HTTPChannel(settings) else { return nil }
            self.init(channel: channel, template: settings.codeTemplate)
        }
    }

    /// Sends a code.
    ///
    /// - Parameter key: the same for the same code, so that it is sent once.
    /// - Throws: ``ChannelFailure`` when it was not taken.
    public func send(_ code: String, to phone: MobileNumber, key: String, by act: Act) async throws {
        _ = try await channel.send(
            ShortMessage(
                phone: phone, template: template, variables: [code],
                text: "登录验证码 \(code)，5 分钟内有效。工作人员不会向您要验证码，请不要告诉别人。"), key: key, by: act)
    }
}
