import Testing
import TipinSync

struct NetworkAddressTests {
    @Test(
        arguments: [
            // IPv4, each block with its neighbours.
            ("0.0.0.0", .special), ("0.255.255.255", .special), ("1.0.0.0", .public), ("8.8.8.8", .public),
            ("9.255.255.255", .public), ("10.0.0.0", .private), ("10.255.255.255", .private), ("11.0.0.0", .public),
            ("100.63.255.255", .public), ("100.64.0.0", .private), ("100.127.255.255", .private),
            ("100.128.0.0", .public), ("126.255.255.255", .public), ("127.0.0.0", .loopback), ("127.0.0.1", .loopback),
            ("127.255.255.255", .loopback), ("128.0.0.0", .public), ("169.253.255.255", .public),
            ("169.254.0.0", .linkLocal), ("169.254.169.254", .linkLocal), ("169.254.255.255", .linkLocal),
            ("169.255.0.0", .public), ("172.15.255.255", .public), ("172.16.0.0", .private),
            ("172.31.255.255", .private), ("172.32.0.0", .public), ("191.255.255.255", .public),
            ("192.0.0.0", .special), ("192.0.0.255", .special), ("192.0.1.0", .public), ("192.0.2.0", .special),
            ("192.0.2.255", .special), ("192.0.3.0", .public), ("192.88.98.255", .public), ("192.88.99.1", .special),
            ("192.88.100.0", .public), ("192.167.255.255", .public), ("192.168.0.0", .private),
            ("192.168.255.255", .private), ("192.169.0.0", .public), ("198.17.255.255", .public),
            ("198.18.0.0", .special), ("198.19.255.255", .special), ("198.20.0.0", .public),
            ("198.51.99.255", .public), ("198.51.100.0", .special), ("198.51.101.0", .public),
            ("203.0.112.255", .public), ("203.0.113.255", .special), ("203.0.114.0", .public),
            ("223.255.255.255", .public), ("224.0.0.1", .multicast), ("239.255.255.255", .multicast),
            ("240.0.0.0", .special), ("255.255.255.255", .special),
        ] as [(String, NetworkAddress.Kind)])
    func `knows what an IPv4 address is for`(text: String, kind: NetworkAddress.Kind) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.kind == kind)
        #expect(address.bytes.count == 4)
        #expect(address.description == text)
    }

    @Test(
        arguments: [
            ("::", .special), ("::1", .loopback), ("::2", .special), ("::127.0.0.1", .special), ("::8.8.8.8", .special),
            ("::ffff:127.0.0.1", .loopback), ("::ffff:7f00:1", .loopback), ("::ffff:10.0.0.1", .private),
            ("::ffff:169.254.169.254", .linkLocal), ("::ffff:8.8.8.8", .public), ("::ffff:0:127.0.0.1", .special),
            // NAT64: the address inside counts, but for the prefix that each network gives its own meaning.
            ("64:ff9b::127.0.0.1", .loopback), ("64:ff9b::a00:1", .private), ("64:ff9b::169.254.169.254", .linkLocal),
            ("64:ff9b::8.8.8.8", .public), ("64:ff9b:1::8.8.8.8", .special), ("64:ff9b:1:ffff::", .special),
            ("64:ff9b::1:0:0", .special), ("100::1", .special),
            // 6to4 and Teredo.
            ("2002:7f00:1::", .special), ("2002:808:808::1", .special), ("2001::1", .special),
            ("2001:0:4136:e378:8000:63bf:3fff:fdd2", .special), ("2001:10::1", .special), ("2001:20::1", .special),
            ("2001:1ff:ffff::", .special), ("2001:200::", .public), ("2001:db7:ffff::", .public),
            ("2001:db8::1", .special), ("2001:db8:ffff::", .special), ("2001:db9::", .public),
            ("2001:4860:4860::8888", .public), ("1fff:ffff::", .special), ("2000::", .public), ("2003::1", .public),
            ("3ffe::1", .public), ("3fff::1", .special), ("3fff:fff:ffff::", .special), ("3fff:1000::", .public),
            ("4000::", .special), ("5f00::1", .special), ("fbff::1", .special), ("fc00::1", .private),
            ("fd12:3456:789a::1", .private), ("fdff:ffff::", .private), ("fe00::1", .special), ("fe80::1", .linkLocal),
            ("febf:ffff::1", .linkLocal), ("fec0::1", .private), ("feff::1", .private), ("ff00::", .multicast),
            ("ff02::1", .multicast), ("ffff:ffff::", .multicast),
        ] as [(String, NetworkAddress.Kind)])
    func `knows what an IPv6 address is for`(text: String, kind: NetworkAddress.Kind) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.kind == kind)
        #expect(address.bytes.count == 16)
        #expect(NetworkAddress(address.description) == address)
        #expect(NetworkAddress("[\(text)]") == address)
    }

    @Test(arguments: [
        "", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "0x7f.1", ":::", "12345::", "[1.2.3.4", "a.b",
    ])
    func `takes nothing else for an address`(text: String) { #expect(NetworkAddress(text) == nil) }

    @Test(arguments: [0, 3, 5, 15, 17])
    func `has four or sixteen bytes`(count: Int) {
        #expect(NetworkAddress(bytes: Array(repeating: 1, count: count)) == nil)
    }

    @Test func `drops the zone of a link-local address`() {
        #expect(NetworkAddress("fe80::1%eth0") == NetworkAddress("fe80::1"))
    }
}
