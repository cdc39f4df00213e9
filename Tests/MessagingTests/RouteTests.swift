import Messaging
import Testing

@Suite("Ways to a person")
struct RouteTests {
    /// Every combination of what leads to a person.
    static let reaches: [Reach] = (0..<32).map { bits in
        Reach(
            phone: bits & 1 != 0, helper: bits & 2 != 0, paper: bits & 4 != 0, declinesSMS: bits & 8 != 0,
            wantsPaper: bits & 16 != 0)
    }

    @Test("a due notice always goes on at least one way, and a member of staff sees it only when there is no other")
    func due() {
        for reach in Self.reaches {
            let routes = reach.first(.due)
            #expect(!routes.isEmpty)
            #expect(routes.contains(.staff) == (routes == [.staff]))
        }
    }

    @Test("no way is used that does not lead to the person")
    func led() {
        for reach in Self.reaches {
            for weight in [NoticeKind.Weight.due, .courtesy, .instant] {
                let routes = reach.first(weight)
                if routes.contains(.phone) { #expect(reach.phone && (!reach.declinesSMS || weight == .instant)) }
                if routes.contains(.helper) { #expect(reach.helper) }
                if routes.contains(.paper) { #expect(reach.paper) }
            }
        }
    }

    @Test("a person without a telephone is served on paper and through the helper")
    func withoutPhone() {
        #expect(Reach(helper: true, paper: true).first(.due) == [.helper, .paper])
        #expect(Reach(paper: true).first(.due) == [.paper])
        #expect(Reach(helper: true).first(.due) == [.helper])
        #expect(Reach().first(.due) == [.staff])
    }

    @Test("whatever fails in whatever order, a due notice ends with a way that is alive, or with a member of staff")
    func failing() {
        for reach in Self.reaches {
            var used = reach.first(.due)
            var alive = used
            var steps = 0
            while let failing = alive.subtracting([.staff]).first {
                alive.remove(failing)
                if let next = reach.next(after: used, isAlive: !alive.isEmpty) {
                    #expect(!used.contains(next) || next == .staff)
                    used.insert(next)
                    alive.insert(next)
                }
                #expect(!alive.isEmpty)
                steps += 1
                #expect(steps <= Route.allCases.count)
            }
            #expect(alive == [.staff])
        }
    }

    @Test("a reminder never burdens staff, and a one-time code goes to the telephone alone")
    func light() {
        for reach in Self.reaches {
            #expect(!reach.first(.courtesy).contains(.staff))
            #expect(reach.first(.instant) == (reach.phone ? [.phone] : []))
        }
    }
}
