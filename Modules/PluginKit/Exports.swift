// Our one umbrella: whoever writes a plugin imports PluginKit and nothing else of ours (DESIGN §3).
@_exported public import Casework
@_exported public import Catalogue
@_exported public import ESeal
@_exported public import Exchange
@_exported public import Extension
@_exported public import Faces
@_exported public import Hall
@_exported public import Identity
@_exported public import Licences
@_exported public import Messaging
@_exported public import OpenID
@_exported public import Organisation
@_exported public import Payment
@_exported public import Standards
@_exported public import Storage
