// swift-tools-version: 6.2
import PackageDescription

// The modules from left to right: each imports only what stands before it (Tests/ArchitectureTests hold the table).
//
//   TipinDiagnostics ◂ TipinFiles ◂ TipinJSON ◂ TipinDocument ◂ TipinAssets ◂ TipinSync ◂ Tipin ◂ TipinCommand

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
/// The C library that GRDB is made on, for rows that are read by the ten thousand.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// Half of the time that `tipin` takes to start would go into finding Swift's libraries, so a release has them inside.
let standalone: LinkerSetting = .unsafeFlags(
    ["-static-stdlib", "-Xlinker", "--start-group"]
        + [
            "Foundation", "FoundationEssentials", "FoundationInternationalization", "CoreFoundation", "_FoundationICU",
            "_FoundationCShims", "_FoundationCollections",
        ].map { "-l\($0)" } + ["-Xlinker", "--end-group", "-Xlinker", "--gc-sections"],
    .when(platforms: [.linux], configuration: .release))

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies, exclude: exclude,
        swiftSettings: strict)
}

let package = Package(
    name: "tipin",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "tipin", targets: ["TipinCommand"]),
        .executable(name: "tipin-image", targets: ["TipinImageWorker"]),
        .library(name: "Tipin", targets: ["Tipin"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // System libraries. CVips has no pkgConfig: it would link libvips into `tipin`, which must start without it.
        .systemLibrary(name: "CYajl", pkgConfig: "yajl", providers: [.apt(["libyajl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CVips", providers: [.apt(["libvips-dev"])]),
        .target(name: "CLinux"),

        module("TipinDiagnostics"),
        module("TipinFiles", ["TipinDiagnostics", "CLinux"]),
        module("TipinJSON", ["TipinDiagnostics", "TipinFiles", "CYajl"]),
        module("TipinDocument", ["TipinDiagnostics", "TipinFiles", "TipinJSON"]),
        module("TipinImageMessages"),
        module(
            "TipinAssets",
            [
                "TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument", "TipinImageMessages", "CLinux", "CZlib",
                grdb, sqlite, crypto,
            ]),
        module(
            "TipinSync",
            ["TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument", "TipinAssets", "CCurl", crypto]),
        module(
            "Tipin",
            ["TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument", "TipinAssets", "TipinSync"]),
        .executableTarget(
            name: "TipinImageWorker", dependencies: ["CVips", "CLinux", "TipinImageMessages"], swiftSettings: strict),
        .executableTarget(
            name: "TipinCommand",
            dependencies: [
                "TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument", "TipinAssets", "TipinSync", "Tipin",
                "TipinImageWorker", argumentParser,
            ],
            swiftSettings: strict, linkerSettings: [standalone]),

        .executableTarget(
            name: "TipinBenchmarks",
            dependencies: [
                "CYajl", "TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument", "TipinAssets", "TipinCommand",
                "TipinImageWorker", "TipinTestPictures", crypto, grdb,
            ],
            path: "Benchmarks", swiftSettings: strict),

        .target(
            name: "TipinTestSupport",
            dependencies: ["TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument"],
            path: "Tests/TipinTestSupport", swiftSettings: strict),
        // What tests and benchmarks hand to the image worker.
        .target(name: "TipinTestPictures", path: "Tests/TipinTestPictures", swiftSettings: strict),
        tests(of: "TipinDiagnostics"),
        tests(of: "TipinFiles", ["TipinTestSupport", "TipinDiagnostics", "CLinux"]),
        tests(of: "TipinJSON", ["TipinTestSupport", "TipinDiagnostics", "TipinFiles"]),
        tests(of: "TipinDocument", ["TipinTestSupport", "TipinDiagnostics", "TipinFiles", "TipinJSON"]),
        tests(of: "TipinImageMessages"),
        tests(
            of: "TipinAssets",
            [
                "TipinTestPictures", "TipinTestSupport", "TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument",
                "TipinImageMessages", "TipinImageWorker", grdb,
            ]),
        tests(
            of: "TipinSync",
            ["TipinTestSupport", "TipinDiagnostics", "TipinFiles", "TipinDocument", "TipinAssets", "CCurl"]),
        tests(
            of: "Tipin",
            [
                "TipinTestPictures", "TipinTestSupport", "TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument",
                "TipinAssets", "TipinSync", "TipinImageWorker", grdb,
            ]),
        // Run the two executables as processes.
        tests(
            of: "TipinCommand", ["TipinTestSupport", "TipinDiagnostics", "TipinFiles", "TipinImageWorker"],
            exclude: ["Golden"]),
        .testTarget(name: "ArchitectureTests", dependencies: ["TipinTestSupport"], swiftSettings: strict),
    ]
)
