// The types of PRD 17 belong to the library's own vocabulary, whichever module declares them.
@_exported public import struct TipinDocument.AssetRole
@_exported public import struct TipinDocument.Entity
@_exported public import struct TipinDocument.EntityType
@_exported public import struct TipinDocument.FileRef
@_exported public import struct TipinDocument.ImportContext
