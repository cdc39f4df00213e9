import CLibCrypto

/// One run of libcrypto's chain verification that goes on after a failure and collects them all.
enum ChainCheck {
    typealias Outcome = (chain: [Certificate], failures: [CertificateChain.Failure])

    static func run(
        leaf: Certificate, intermediates: [Certificate], roots: [Certificate], time: Int64, isStrict: Bool
    ) throws -> Outcome {
        let store = try LibCrypto.check(X509_STORE_new(), "X509_STORE_new")
        defer { X509_STORE_free(store) }
        for root in roots {
            try LibCrypto.check(X509_STORE_add_cert(store, root.object.pointer), "X509_STORE_add_cert")
        }
        // Holds borrowed pointers; the certificates outlive it because the caller holds them.
        let stack = try LibCrypto.check(OPENSSL_sk_new_null(), "OPENSSL_sk_new_null")
        defer { OPENSSL_sk_free(stack) }
        for certificate in intermediates {
            try LibCrypto.check(
                OPENSSL_sk_push(stack, UnsafeRawPointer(certificate.object.pointer)), "OPENSSL_sk_push")
        }
        let context = try LibCrypto.check(X509_STORE_CTX_new(), "X509_STORE_CTX_new")
        defer { X509_STORE_CTX_free(context) }
        try LibCrypto.check(
            X509_STORE_CTX_init(context, store, leaf.object.pointer, stack), "X509_STORE_CTX_init")
        // With the time, the issuer that is valid is preferred where an authority has renewed its certificate.
        let parameters = X509_STORE_CTX_get0_param(context)
        X509_VERIFY_PARAM_set_time(parameters, Int(CertificateChain.seconds(time)))
        try LibCrypto.check(
            X509_VERIFY_PARAM_set_flags(
                parameters, (isStrict ? UInt(X509_V_FLAG_X509_STRICT) : 0) | UInt(X509_V_FLAG_CHECK_SS_SIGNATURE)),
            "X509_VERIFY_PARAM_set_flags")

        let log = FailureLog()
        let failures = try withExtendedLifetime((log, leaf, intermediates, roots)) {
            X509_STORE_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(log).toOpaque())
            X509_STORE_CTX_set_verify_cb(context) { succeeded, context in
                if succeeded != 1, let log = X509_STORE_CTX_get_ex_data(context, 0) {
                    Unmanaged<FailureLog>.fromOpaque(log).takeUnretainedValue().record(context)
                }
                return 1
            }
            let result = X509_verify_cert(context)
            ERR_clear_error()
            // The callback accepts everything, so any other result means that the check itself broke down.
            guard result == 1 else { throw LibCrypto.failure("X509_verify_cert", code: .library) }
            return log.failures
        }
        return (try chain(of: context), failures)
    }

    private static func chain(of context: OpaquePointer) throws -> [Certificate] {
        let stack = X509_STORE_CTX_get0_chain(context)
        return try (0..<max(0, OPENSSL_sk_num(stack))).map { index in
            let pointer = OPENSSL_sk_value(stack, index).map { OpaquePointer($0) }
            return try Certificate(der: LibCrypto.encode("i2d_X509") { i2d_X509(pointer, $0) })
        }
    }

    /// Collects what the callback is told, in the order of the check, each finding once.
    private final class FailureLog {
        private(set) var failures: [CertificateChain.Failure] = []

        func record(_ context: OpaquePointer?) {
            guard let code = CertificateChain.Code(verifyError: X509_STORE_CTX_get_error(context)) else { return }
            let failure = CertificateChain.Failure(
                code: code, depth: Int(X509_STORE_CTX_get_error_depth(context)))
            if !failures.contains(failure) {
                failures.append(failure)
            }
        }
    }
}
