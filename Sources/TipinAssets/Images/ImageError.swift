/// Why a picture was refused.
package enum ImageError: Error, Sendable, Equatable {
    /// The decoder could not read it; its own words.
    case damaged(String)
    /// More pixels, a longer side or more frames than allowed; the figures in words.
    case tooLarge(String)
    /// The worker died, hung or could not be started: says nothing about the picture, but it is not tried again.
    case workerFailed(String)
}
