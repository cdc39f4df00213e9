/// The implementing code of an item (实施编码, GB/T 39554.1): credit code of the implementing organ 18, level 1,
/// ``CatalogueCode`` 12.
public struct TaskCode: StandardText {
    /// The organ that implements the item.
    public let organ: CreditCode
    /// The level at which it does.
    public let level: AdministrativeLevel
    /// The item.
    public let catalogueCode: CatalogueCode

    /// The code of an item at an organ.
    public init(organ: CreditCode, level: AdministrativeLevel, catalogueCode: CatalogueCode) {
        self.organ = organ
        self.level = level
        self.catalogueCode = catalogueCode
    }

    /// Reads a code.
    ///
    /// - Parameter text: 31 characters.
    /// - Throws: ``StandardsError/Code/taskCodeForm``, or the error of the part that is wrong. The organisation code
    ///   inside the credit code is not held against GB 11714, since old organs keep theirs.
    public init(_ text: String) throws(StandardsError) {
        let code = Typing.normalised(text)
        guard code.utf8.count == 31, let number = code[offsets: 18..<19].digitsValue,
            let level = AdministrativeLevel(rawValue: number)
        else {
            throw StandardsError(
                .taskCodeForm, "事项实施编码“\(text.prefix(40))”不对，应为18位机构代码、1位层级（1至6）和12位基本编码，请到事项库核对。")
        }
        try self.init(
            organ: CreditCode(legacy: code[offsets: 0..<18]), level: level,
            catalogueCode: CatalogueCode(code[offsets: 19..<31]))
    }

    public var text: String {
        "\(organ.text)\(level.rawValue)\(catalogueCode.text)"
    }
}

/// The code of a handling item (业务办理项编码): a ``TaskCode`` and two digits for the way in which it is handled.
public struct HandlingItemCode: StandardText {
    /// The item at its organ.
    public let task: TaskCode
    /// 1 to 99.
    public let serial: Int

    /// The code of one way of handling an item.
    ///
    /// - Parameters:
    ///   - task: the item at its organ.
    ///   - serial: 1 to 99.
    /// - Throws: ``StandardsError/Code/handlingItemForm``.
    public init(task: TaskCode, serial: Int) throws(StandardsError) {
        guard (1...99).contains(serial) else {
            throw StandardsError(.handlingItemForm, "业务办理项序号应在01到99之间，请核对。")
        }
        self.task = task
        self.serial = serial
    }

    /// Reads a code.
    ///
    /// - Parameter text: 33 characters.
    /// - Throws: ``StandardsError/Code/handlingItemForm``, or the error of the part that is wrong.
    public init(_ text: String) throws(StandardsError) {
        let code = Typing.normalised(text)
        guard code.utf8.count == 33, let serial = code[offsets: 31..<33].digitsValue else {
            throw StandardsError(
                .handlingItemForm, "业务办理项编码“\(text.prefix(40))”不对，应为31位实施编码加2位数字，请到事项库核对。")
        }
        try self.init(task: TaskCode(code[offsets: 0..<31]), serial: serial)
    }

    public var text: String { task.text + serial.padded(2) }
}

/// Any of the three codes by which an item is named, told apart by its length.
public enum ItemCode: StandardText {
    /// The item wherever it is handled, 12 digits.
    case catalogue(CatalogueCode)
    /// The item at an organ, 31 characters.
    case task(TaskCode)
    /// One way of handling it there, 33 characters.
    case handlingItem(HandlingItemCode)

    /// Reads a code of 12, 31 or 33 characters.
    ///
    /// - Parameter text: the code.
    /// - Throws: the error of the kind that the length tells; ``StandardsError/Code/catalogueCodeForm`` for others.
    public init(_ text: String) throws(StandardsError) {
        switch Typing.normalised(text).utf8.count {
        case 33: self = .handlingItem(try HandlingItemCode(text))
        case 31: self = .task(try TaskCode(text))
        default: self = .catalogue(try CatalogueCode(text))
        }
    }

    /// The basic code that all three contain.
    public var catalogueCode: CatalogueCode {
        switch self {
        case .catalogue(let code): code
        case .task(let code): code.catalogueCode
        case .handlingItem(let code): code.task.catalogueCode
        }
    }

    public var text: String {
        switch self {
        case .catalogue(let code): code.text
        case .task(let code): code.text
        case .handlingItem(let code): code.text
        }
    }
}
