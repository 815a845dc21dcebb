// Does RP2040's single-cycle IO block behave as its datasheet says?
#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/devices/device_test.h"

namespace boardless::devices {
namespace {

using ::testing::HasSubstr;

constexpr std::uint32_t kSio = 0xd0000000;

class Rp2040Sio : public DeviceTest {
 protected:
  Rp2040Sio() : DeviceTest("rp2040_sios: [{name: sio, base: 0xd0000000, clock: pclk}]\n") {}
  // Quotient and remainder.
  std::pair<std::uint32_t, std::uint32_t> divide(std::uint32_t first, std::uint32_t dividend,
                                                 std::uint32_t divisor) {
    write(kSio + first, dividend);
    write(kSio + first + 4, divisor);
    EXPECT_EQ(read(kSio + 0x78), 3U);  // ready and dirty
    const std::uint32_t remainder = read(kSio + 0x74);
    const std::uint32_t quotient = read(kSio + 0x70);
    EXPECT_EQ(read(kSio + 0x78), 1U);
    return {quotient, remainder};
  }
};

TEST_F(Rp2040Sio, SaysThatItIsCoreZero) { EXPECT_EQ(read(kSio), 0U); }

TEST_F(Rp2040Sio, DrivesPins) {
  write(kSio + 0x10, 0x0f);
  write(kSio + 0x14, 0x30);  // set
  write(kSio + 0x18, 0x01);  // clear
  write(kSio + 0x1c, 0x82);  // toggle
  EXPECT_EQ(read(kSio + 0x10), 0xbcU);
  EXPECT_EQ(read(kSio + 0x04), 0U);  // no output is enabled
  write(kSio + 0x24, 0x0c);
  EXPECT_EQ(read(kSio + 0x20), 0x0cU);
  EXPECT_EQ(read(kSio + 0x04), 0x0cU);
}

TEST_F(Rp2040Sio, Divides) {
  using Both = std::pair<std::uint32_t, std::uint32_t>;
  constexpr std::uint32_t kUnsigned = 0x60, kSigned = 0x68;
  EXPECT_EQ(divide(kUnsigned, 0xfffffffe, 7), Both(0xfffffffe / 7, 0xfffffffe % 7));
  EXPECT_EQ(divide(kSigned, 0U - 100, 7), Both(0U - 14, 0U - 2));
  EXPECT_EQ(divide(kSigned, 100, 0U - 7), Both(0U - 14, 2U));
  EXPECT_EQ(divide(kSigned, 0x80000000, ~0U), Both(0x80000000U, 0U));
  EXPECT_EQ(divide(kUnsigned, 5, 0), Both(~0U, 5U));
  EXPECT_EQ(divide(kSigned, 0U - 5, 0), Both(1U, 0U - 5));
}

TEST_F(Rp2040Sio, LendsALockToOneAtATime) {
  EXPECT_EQ(read(kSio + 0x100 + 4 * 9), 1U << 9);
  EXPECT_EQ(read(kSio + 0x100 + 4 * 9), 0U);
  EXPECT_EQ(read(kSio + 0x5c), 1U << 9);
  write(kSio + 0x100 + 4 * 9, 0);
  EXPECT_EQ(read(kSio + 0x100 + 4 * 9), 1U << 9);
}

TEST_F(Rp2040Sio, RefusesTheOtherCore) {
  try {
    write(kSio + 0x54, 0);
    FAIL() << "not refused";
  } catch (const NotModelled& missing) {
    EXPECT_THAT(missing.what(), HasSubstr("sio: a message to core 1"));
  }
}

}  // namespace
}  // namespace boardless::devices
