/// What a password must be (GB/T 22239 8.1.4.1): at least eight characters of three kinds, or sixteen of any.
enum PasswordPolicy {
    static let maximumLength = 128

    /// - Throws: ``IdentityError`` with code `identity.password_weak` that says how to mend it.
    static func check(_ password: String, loginName: LoginName) throws(IdentityError) {
        guard password.count >= 8 else { throw .passwordWeak("密码至少要8位。请换一个长一些的密码。") }
        guard password.utf8.count <= maximumLength * 4, password.count <= maximumLength else {
            throw .passwordWeak("密码最多\(maximumLength)位。请换一个短一些的密码。")
        }
        if password.lowercased().contains(loginName.text) { throw .passwordWeak("密码里不要包含登录名。请换一个别人猜不到的密码。") }
        if password.count < 16, kinds(in: password) < 3 {
            throw .passwordWeak("密码应包含大写字母、小写字母、数字、符号中的至少三种，或不少于16位。")
        }
        if Set(password).count < 5 { throw .passwordWeak("密码里重复的字符太多。请换一个别人猜不到的密码。") }
    }

    private static func kinds(in password: String) -> Int {
        let tests: [(Character) -> Bool] = [
            { $0.isASCII && $0.isUppercase }, { $0.isASCII && $0.isLowercase }, { $0.isASCII && $0.isNumber },
            { !($0.isASCII && ($0.isLetter || $0.isNumber)) },
        ]
        return tests.filter { password.contains(where: $0) }.count
    }
}
