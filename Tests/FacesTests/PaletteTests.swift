import Testing
import TestSupport

@testable import Faces

@Suite("Colours of a site can be read")
struct PaletteTests {
    /// Colours all over the cube.
    static let all: [Colour] = stride(from: 0, through: 255, by: 17).flatMap { red in
        stride(from: 0, through: 255, by: 17).flatMap { green in
            stride(from: 0, through: 255, by: 17).map { Colour(red: red, green: green, blue: $0) }
        }
    }

    @Test("a colour is taken exactly when white can be read on it, and every pair of its palette can be read")
    func pairs() throws {
        for colour in Self.all {
            let palette = Palette(colour)
            #expect((palette != nil) == (colour.contrast(with: .white) >= 4.5), "\(colour.text)")
            guard let palette else { continue }
            let pairs: [(Colour, Colour, Double)] = [
                (.white, palette.primary, 4.5), (.white, palette.deep, 4.5), (Palette.pale, palette.deep, 4.5),
                (palette.primary, palette.tint, 4.5), (palette.deep, palette.tint, 4.5),
                (palette.link, Palette.mist, 4.5), (palette.link, palette.tint, 4.5), (palette.link, .white, 4.5),
                (palette.elder, .white, 7), (palette.elderLink, Palette.mist, 7),
            ]
            for (index, pair) in pairs.enumerated() {
                #expect(pair.0.contrast(with: pair.1) >= pair.2, "\(colour.text) pair \(index)")
            }
        }
    }

    @Test("the shade that is proposed for a colour that is too pale would be taken")
    func proposal() {
        for colour in Self.all where Palette(colour) == nil { #expect(Palette(Palette.nearest(to: colour)) != nil) }
    }

    @Test(
        "known ratios are those of WCAG",
        arguments: [("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#ffffff", 1)])
    func known(text: String, ratio: Double) throws {
        let colour = try #require(Colour(text))
        #expect(abs(colour.contrast(with: .white) - ratio) < 0.01)
    }

    @Test("what is no colour is none", arguments: ["", "#", "0b5563", "#0b556", "#gggggg", "#0b55633", "red", "#１２３"])
    func malformed(text: String) { #expect(Colour(text) == nil) }
}
