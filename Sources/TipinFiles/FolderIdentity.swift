/// Which folder an open one is, whatever names lead to it.
struct FolderIdentity: Hashable {
    let device: UInt64
    let inode: UInt64
}
