import AgeFriendly
import CertificateFree
import CrossRegion
public import PluginKit
import ZoneEmpowerment

/// The plugins that both programs ship with; a county's own executable names its own.
public enum Standard: Distribution {
    public static let plugins: [any ServicePlugin.Type] = [
        AgeFriendlyPlugin.self, CertificateFreePlugin.self, CrossRegionPlugin.self, ZoneEmpowermentPlugin.self,
    ]
}
