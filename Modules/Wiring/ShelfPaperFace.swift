public import Casework
public import Faces

/// What papers carry of the site's face: the hotline and the address of a division's site.
public struct ShelfPaperFace: PaperFace {
    private let shelf: FaceShelf

    public init(_ shelf: FaceShelf) { self.shelf = shelf }

    public var address: String { shelf.book.address }

    public func contact(of division: String) -> String {
        let book = shelf.book
        let hotline = book.face(of: division).hotline
        let parts = [hotline.isEmpty ? "" : "咨询电话：\(hotline)", address.isEmpty ? "" : "网上查询：\(book.address)"]
        return parts.filter { !$0.isEmpty }.joined(separator: "　")
    }
}
