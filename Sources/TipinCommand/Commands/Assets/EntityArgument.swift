import ArgumentParser
import TipinDocument

/// `--entity TYPE:ID`.
struct EntityArgument: ExpressibleByArgument {
    let entity: Entity

    init?(argument: String) {
        guard let colon = argument.firstIndex(of: ":"), colon != argument.startIndex else { return nil }
        let id = argument[argument.index(after: colon)...]
        guard !id.isEmpty else { return nil }
        entity = Entity(type: EntityType(rawValue: String(argument[..<colon])), id: String(id))
    }

    static let help = ArgumentHelp(
        "book, character, world, location, object, chapter or divider, and its id.", valueName: "type:id")
}
