/** What an asset can be linked to. */
export type EntityType =
  | 'book' | 'character' | 'world' | 'location' | 'object' | 'chapter' | 'divider';

/** What an asset is to its entity. */
export type AssetRole =
  | 'cover' | 'avatar' | 'gallery' | 'divider' | 'attachment' | 'map' | 'lore';

/** A reference to an asset, as it stands in books, records and manifests. */
export type FileRef = {
  assetId: string;
  /** Of the stored bytes: 64 lower-case hexadecimal digits. */
  sha256: string;
  role: AssetRole;
  mime?: string;
  /** Pixels, after the picture's orientation is applied. */
  width?: number;
  /** Pixels, after the picture's orientation is applied. */
  height?: number;
  remoteId?: string;
  /** Preferred for rendering where it is known. */
  remoteUrl?: string;
  /** The absolute path on this machine; give it to convertFileSrc(). */
  localPath?: string;
};

/** Where an imported file belongs. */
export type ImportContext = {
  entityType: EntityType;
  entityId: string;
  role: AssetRole;
  /** Names the folder of the bytes and the route they are uploaded to. */
  bookId: string;
  tags?: string[];
  description?: string;
};

/**
 * The member `fileRefs` beside a chapter's `content`, or the file `<name>.fileRefs.json` beside a bare document:
 * the FileRefs of all assets that the nodes name, by asset id.
 */
export type Manifest = Record<string, FileRef>;

/** The attributes of a TipTap image node that tipin reads and writes; others are left as they are. */
export type AssetImageAttrs = {
  assetId?: string | null;
  /** The best address that every reader can use; missing until there is one. */
  src?: string | null;
  alt?: string | null;
  title?: string | null;
  width?: number | string | null;
  height?: number | string | null;
};
