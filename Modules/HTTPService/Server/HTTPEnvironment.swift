import Kernel
import Logging
import PluginKit

/// What the routes share, fixed when the server is made.
///
/// A class, so that what is passed along with every request is one reference.
final class HTTPEnvironment: Sendable {
    let registry: Registry
    let database: any Database
    let cipher: FieldCipher
    let clock: any Now
    let settings: HTTPSettings
    let authenticator: any Authenticator
    let logger: Logger
    let cookies: CookieNames
    let csrf: CSRFGuard

    init(
        registry: Registry, database: any Database, cipher: FieldCipher, clock: any Now, settings: HTTPSettings,
        authenticator: any Authenticator, logger: Logger
    ) {
        self.registry = registry
        self.database = database
        self.cipher = cipher
        self.clock = clock
        self.settings = settings
        self.authenticator = authenticator
        self.logger = logger
        cookies = CookieNames(isSecure: settings.secureCookies)
        csrf = CSRFGuard(cipher: cipher, cookies: cookies)
    }
}
