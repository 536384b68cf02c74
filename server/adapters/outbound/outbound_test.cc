#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/outbound/mail.h"
#include "adapters/outbound/router.h"
#include "adapters/outbound/settings.h"
#include "adapters/outbound/spool.h"
#include "adapters/outbound/test_server.h"
#include "adapters/outbound/webhook.h"
#include "adapters/system/system.h"
#include "kernel/crypto.h"
#include "kernel/test_synced.h"

namespace minhu::outbound {
namespace {

using test::HttpServer;
using test::SmtpServer;

const Sealed<std::string> key(std::string("0123456789abcdef0123456789abcdef"));

OutboundMessage message(OutboundWay way, std::string address) {
  return {"018f4c3a-0000-7000-8000-00000000002a", way, Sealed<std::string>(std::move(address)),
          "您有一条消息", "您有一条答复，请凭回执查看。"};
}

class OutboundTest : public ::testing::Test {
 protected:
  OutboundTest() {
    start_crypto();
    std::string name = (std::filesystem::temp_directory_path() / "minhu-out-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~OutboundTest() override { std::filesystem::remove_all(folder_); }

  std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::filesystem::path write(const char* file_name, const std::string& text) {
    std::ofstream(folder_ / file_name) << text;
    return folder_ / file_name;
  }
  static std::string fault_of(const Outcome& outcome) {
    return outcome ? "sent" : outcome.error().key;
  }

  Webhook webhook(const std::string& url) {
    WebhookSettings settings;
    settings.url = url;
    settings.key = key;
    auto made = Webhook::make(std::move(settings), clock_);
    EXPECT_TRUE(made) << made.error().details["reason"];
    return std::move(*made);
  }
  // What the gateway answered, and what became of it.
  std::string webhook_told(const std::string& answer) {
    HttpServer server(answer);
    return fault_of(webhook(server.url()).send(message(OutboundWay::sms, "13900001111")));
  }

  Mail mail(std::uint16_t port, MailSecurity security = MailSecurity::none) {
    MailSettings settings;
    settings.server = "127.0.0.1";
    settings.port = port;
    settings.security = security;
    settings.from = "notice@example.gov.cn";
    auto made = Mail::make(std::move(settings), clock_);
    EXPECT_TRUE(made) << made.error().details["reason"];
    return std::move(*made);
  }
  std::string mail_told(const std::map<std::string, std::string>& answers) {
    SmtpServer server(answers);
    return fault_of(mail(server.port()).send(message(OutboundWay::mail, "li@example.org")));
  }

  std::filesystem::path folder_;
  system::ManualClock clock_{Instant{1'758'852'000'000}};  // 2025-09-26 02:00 UTC, a Friday
};

// --- spool
// ----------------------------------------------------------------------------------------

TEST_F(OutboundTest, TheSpoolKeepsAWholeFileForItsUserAlone) {
  Spool spool(folder_ / "out");
  ASSERT_TRUE(spool.send(message(OutboundWay::paper, "东街3号\n\"二楼\"")));
  const auto file = folder_ / "out/paper/018f4c3a-0000-7000-8000-00000000002a.json";
  const auto json = boost::json::parse(text_of(file)).as_object();
  EXPECT_EQ(json.at("id"), "018f4c3a-0000-7000-8000-00000000002a");
  EXPECT_EQ(json.at("way"), "paper");
  EXPECT_EQ(json.at("address"), "东街3号\n\"二楼\"");
  EXPECT_EQ(json.at("text"), "您有一条答复，请凭回执查看。");
  struct stat state{};
  ASSERT_EQ(::stat(file.c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(file.parent_path().c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777U, 0700U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file.parent_path()),
                          std::filesystem::directory_iterator()),
            1);
}

TEST_F(OutboundTest, TheSpoolTakesTheSameMessageOnce) {
  Spool spool(folder_ / "out");
  ASSERT_TRUE(spool.send(message(OutboundWay::voice, "13900001111")));
  const auto file = folder_ / "out/voice/018f4c3a-0000-7000-8000-00000000002a.json";
  const std::string before = text_of(file);
  EXPECT_TRUE(spool.send(message(OutboundWay::voice, "999")));
  EXPECT_EQ(text_of(file), before);
}

TEST_F(OutboundTest, WhatTheSpoolTookIsThereAfterTheLossOfPower) {
  minhu::test::synced.forget();
  Spool spool(folder_ / "out");
  ASSERT_TRUE(spool.send(message(OutboundWay::sms, "13900001111")));
  for (const char* folder : {"", "out", "out/sms"}) {
    EXPECT_TRUE(minhu::test::synced.has(*folder == 0 ? folder_ : folder_ / folder)) << folder;
  }
  // The file got its name, and then the folder could not be made durable: that it is there is not
  // yet enough.
  minhu::test::synced.forget();
  ASSERT_TRUE(spool.send(message(OutboundWay::sms, "13900001111")));
  EXPECT_TRUE(minhu::test::synced.has(folder_ / "out/sms"));
}

TEST_F(OutboundTest, TheSpoolRefusesAnIdThatLeadsElsewhereAndAFolderThatIsNone) {
  OutboundMessage wandering = message(OutboundWay::sms, "13900001111");
  wandering.id = "../../etc/cron.d/x";
  EXPECT_EQ(fault_of(Spool(folder_).send(wandering)), "outbound.bad_id");
  write("a-file", "");
  EXPECT_EQ(fault_of(Spool(folder_ / "a-file").send(message(OutboundWay::sms, "139"))),
            "outbound.spool_failed");
}

// --- webhook
// --------------------------------------------------------------------------------------

TEST_F(OutboundTest, TheWebhookSignsTimeAndBody) {
  // Computed by another program over "1758852000.{"id":"a"}".
  EXPECT_EQ(signature(key, 1'758'852'000, R"({"id":"a"})"),
            "t=1758852000,v1=fb814485d89b732b79b0730495f379f93706a599606555cb08cf65b711396be7");
  HttpServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
  ASSERT_TRUE(webhook(server.url()).send(message(OutboundWay::sms, "13900001111")));
  ASSERT_EQ(server.requests().size(), 1U);
  const auto request = server.requests()[0];
  EXPECT_TRUE(request.head.starts_with("POST /hook HTTP/1.1\r\n")) << request.head;
  EXPECT_EQ(request.header("Minhu-Signature"), signature(key, 1'758'852'000, request.body));
  EXPECT_EQ(request.header("Idempotency-Key"), "018f4c3a-0000-7000-8000-00000000002a");
  EXPECT_EQ(request.header("Content-Type"), "application/json");
  const auto json = boost::json::parse(request.body).as_object();
  EXPECT_EQ(json.at("address"), "13900001111");
  EXPECT_EQ(json.at("way"), "sms");
}

TEST_F(OutboundTest, WhatTheGatewaySaysDecidesWhetherToTryAgain) {
  const auto answer = [](const std::string& status) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  };
  EXPECT_EQ(webhook_told(answer("202 Accepted")), "sent");
  EXPECT_EQ(webhook_told(answer("204 No Content")), "sent");
  for (const char* never : {"400 Bad Request", "410 Gone", "422 Unprocessable"}) {
    EXPECT_EQ(webhook_told(answer(never)), "outbound.address_refused") << never;
  }
  for (const char* later : {"401 Unauthorized", "403 Forbidden", "404 Not Found", "408 Timeout",
                            "429 Too Many", "500 Error", "503 Unavailable"}) {
    EXPECT_EQ(webhook_told(answer(later)), "outbound.not_reached") << later;
  }
  EXPECT_EQ(webhook_told("junk\r\n\r\n"), "outbound.not_reached");
  EXPECT_EQ(webhook_told(""), "outbound.not_reached");
}

TEST_F(OutboundTest, TheWebhookFollowsNoRedirect) {
  HttpServer elsewhere("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(webhook_told("HTTP/1.1 307 Over There\r\nLocation: " + elsewhere.url() +
                         "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "outbound.not_reached");
  EXPECT_EQ(elsewhere.visits(), 0);
}

TEST_F(OutboundTest, WithoutEncryptionNothingLeavesThisMachine) {
  // 192.0.2.1 is for documentation: were it asked, the test would wait for 30 seconds.
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(fault_of(webhook("http://192.0.2.1/hook").send(message(OutboundWay::sms, "139"))),
            "outbound.not_reached");
  MailSettings settings;
  settings.server = "192.0.2.1";
  settings.security = MailSecurity::none;
  settings.from = "notice@example.gov.cn";
  auto relay = Mail::make(settings, clock_);
  ASSERT_TRUE(relay);
  EXPECT_EQ(fault_of(relay->send(message(OutboundWay::mail, "li@example.org"))),
            "outbound.not_reached");
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
}

TEST_F(OutboundTest, AnEncryptedGatewayIsAskedOnlyInItsNetworks) {
  test::Server server([](test::Conversation& conversation) {
    if (conversation.read_some()) conversation.say("no TLS is spoken here\r\n");
  });
  const auto asked_in = [&](const char* network) {
    WebhookSettings settings;
    settings.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/hook";
    settings.key = key;
    settings.networks = {*parse_network(network)};
    auto hook = Webhook::make(settings, clock_);
    EXPECT_TRUE(hook);
    return fault_of(hook->send(message(OutboundWay::sms, "13900001111")));
  };
  EXPECT_EQ(asked_in("10.2.0.0/16"), "outbound.not_reached");
  EXPECT_EQ(server.visits(), 0);
  // Inside its network it is asked, and who does not speak TLS gets no message.
  EXPECT_EQ(asked_in("127.0.0.0/8"), "outbound.not_reached");
  EXPECT_EQ(server.visits(), 1);
}

TEST_F(OutboundTest, AGatewayIsBelievedOnlyWithACertificateThatWeTrust) {
  const test::TestCertificate certificate;
  HttpServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    &certificate);
  WebhookSettings settings;
  settings.url = server.url();
  settings.key = key;
  const OutboundMessage sms = message(OutboundWay::sms, "13900001111");
  EXPECT_EQ(fault_of(Webhook::make(settings, clock_)->send(sms)), "outbound.not_reached");
  EXPECT_TRUE(server.requests().empty());
  settings.authorities = write("authorities.pem", certificate.pem());
  EXPECT_EQ(fault_of(Webhook::make(settings, clock_)->send(sms)), "sent");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(OutboundTest, AWebhookThatIsNotSafeIsNotMade) {
  for (const char* url : {"ftp://example.org/", "file:///etc/passwd",
                          "https://user:pw@example.org/", "not a url", ""}) {
    WebhookSettings settings;
    settings.url = url;
    settings.key = key;
    EXPECT_FALSE(Webhook::make(settings, clock_)) << url;
  }
  WebhookSettings short_key;
  short_key.url = "https://example.org/";
  short_key.key = Sealed<std::string>("too short");
  EXPECT_FALSE(Webhook::make(short_key, clock_));
}

TEST_F(OutboundTest, NetworksAreReadAndCompared) {
  const auto inside = [](const char* network, const char* address) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    ::inet_pton(AF_INET, address, &four.sin_addr);
    return is_in(*parse_network(network), reinterpret_cast<const sockaddr&>(four));
  };
  EXPECT_TRUE(inside("10.2.0.0/16", "10.2.255.1"));
  EXPECT_FALSE(inside("10.2.0.0/16", "10.3.0.1"));
  EXPECT_TRUE(inside("10.2.3.4", "10.2.3.4"));
  EXPECT_FALSE(inside("10.2.3.4", "10.2.3.5"));
  EXPECT_FALSE(inside("::1", "127.0.0.1"));
  for (const char* bad : {"10.2.0.0/33", "10.2.0.0/", "10.2.0.0/-1", "example.org", "", "::/129"}) {
    EXPECT_FALSE(parse_network(bad)) << bad;
  }
  sockaddr_in metadata{};
  metadata.sin_family = AF_INET;
  ::inet_pton(AF_INET, "169.254.169.254", &metadata.sin_addr);
  EXPECT_FALSE(AllowedMachines::among({}).allows(reinterpret_cast<const sockaddr&>(metadata)));
}

// --- mail
// -----------------------------------------------------------------------------------------

TEST_F(OutboundTest, AMailSaysNothingOfTheCaseInEnvelopeSubjectAndText) {
  SmtpServer server;
  ASSERT_TRUE(mail(server.port()).send(message(OutboundWay::mail, "li@example.org")));
  const auto commands = server.commands();
  ASSERT_GE(commands.size(), 4U);
  EXPECT_EQ(commands[0], "EHLO example.gov.cn");
  EXPECT_EQ(commands[1], "MAIL FROM:<notice@example.gov.cn>");
  EXPECT_EQ(commands[2], "RCPT TO:<li@example.org>");
  EXPECT_EQ(commands[3], "DATA");
  EXPECT_EQ(server.text(),
            "Date: Fri, 26 Sep 2025 02:00:00 +0000\r\n"
            "From: <notice@example.gov.cn>\r\n"
            "To: <li@example.org>\r\n"
            "Subject: =?UTF-8?B?" +
                to_base64(as_bytes("您有一条消息")) +
                "?=\r\n"
                "Message-ID: <018f4c3a-0000-7000-8000-00000000002a@example.gov.cn>\r\n"
                "Auto-Submitted: auto-generated\r\n"
                "MIME-Version: 1.0\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                "Content-Transfer-Encoding: base64\r\n"
                "\r\n" +
                to_base64(as_bytes("您有一条答复，请凭回执查看。")) + "\r\n");
}

TEST_F(OutboundTest, LongTitlesAndTextsAreCutIntoLinesNotThroughCharacters) {
  OutboundMessage wordy = message(OutboundWay::mail, "li@example.org");
  wordy.title = std::string("您有一条很长很长很长很长很长很长的消息");
  for (int i = 0; i < 40; ++i) wordy.text += "请凭回执查看。";
  const std::string text = mail_text(wordy, "a@b.cn", "c@d.cn", clock_.now());
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 78U);
    at = end + 2;
  }
  EXPECT_NE(text.find("?=\r\n =?UTF-8?B?"), std::string::npos);
}

TEST_F(OutboundTest, WhatTheMailServerSaysDecidesWhetherToTryAgain) {
  EXPECT_EQ(mail_told({}), "sent");
  EXPECT_EQ(mail_told({{"RCPT", "550 no such user"}}), "outbound.address_refused");
  EXPECT_EQ(mail_told({{".", "554 refused"}}), "outbound.address_refused");
  EXPECT_EQ(mail_told({{"RCPT", "450 come back later"}}), "outbound.not_reached");
  EXPECT_EQ(mail_told({{".", "451 come back later"}}), "outbound.not_reached");
  EXPECT_EQ(mail_told({{"MAIL", "550 you may not send"}}), "outbound.not_reached");
  EXPECT_EQ(mail_told({{"connect", "554 go away"}}), "outbound.not_reached");
  EXPECT_EQ(mail_told({{"connect", "421 too busy"}}), "outbound.not_reached");
  EXPECT_EQ(fault_of(mail(1).send(message(OutboundWay::mail, "li@example.org"))),
            "outbound.not_reached");
}

TEST_F(OutboundTest, AServerThatOffersNoEncryptionGetsNoAddress) {
  SmtpServer server;
  EXPECT_EQ(fault_of(mail(server.port(), MailSecurity::starttls)
                         .send(message(OutboundWay::mail, "li@example.org"))),
            "outbound.not_reached");
  for (const std::string& command : server.commands()) {
    EXPECT_EQ(command.find("li@"), std::string::npos) << command;
  }
}

TEST_F(OutboundTest, AMailServerHearsTheAddressOnlyOverACertificateThatWeTrust) {
  const test::TestCertificate certificate;
  SmtpServer server({}, &certificate);
  MailSettings settings;
  settings.server = "127.0.0.1";
  settings.port = server.port();
  settings.from = "notice@example.gov.cn";
  const OutboundMessage letter = message(OutboundWay::mail, "li@example.org");
  EXPECT_EQ(fault_of(Mail::make(settings, clock_)->send(letter)), "outbound.not_reached");
  for (const std::string& command : server.commands()) {
    EXPECT_FALSE(command.starts_with("RCPT")) << command;
  }
  settings.authorities = write("authorities.pem", certificate.pem());
  EXPECT_EQ(fault_of(Mail::make(settings, clock_)->send(letter)), "sent");
  EXPECT_FALSE(server.text().empty());
}

TEST_F(OutboundTest, NoAddressSmugglesAHeaderACommandOrASecondAddressee) {
  SmtpServer server;
  Mail sender = mail(server.port());
  for (const std::string& address :
       {std::string("li@example.org\r\nBcc: all@example.org"), std::string("li@example.org\nX: y"),
        std::string("li@example.org>\r\nRCPT TO:<all@example.org"),
        std::string("li@example.org,wang@example.org"), std::string("li@example.org wang@b.cn"),
        std::string("\"li\r\n\"@example.org"), std::string("li@exam ple.org"),
        std::string("li@example.org\0.cn", 18), std::string("@example.org"), std::string("li@"),
        std::string("li"), std::string(""), std::string("-oX@example.org"), std::string("li@-b.cn"),
        std::string("李@example.org"), std::string("li@example..org")}) {
    EXPECT_EQ(fault_of(sender.send(message(OutboundWay::mail, address))), "outbound.bad_address")
        << address;
  }
  OutboundMessage wordy = message(OutboundWay::mail, "li@example.org");
  wordy.title = "hello\r\nBcc: all@example.org";
  wordy.text = "hello\r\n.\r\nMAIL FROM:<x@y.z>\r\n";
  ASSERT_TRUE(sender.send(wordy));
  EXPECT_EQ(server.text().find("Bcc"), std::string::npos);
  int mails = 0;
  for (const std::string& command : server.commands()) mails += command.starts_with("MAIL") ? 1 : 0;
  EXPECT_EQ(mails, 1);
  wordy.id = "a>\r\nBcc: <all@example.org";
  EXPECT_EQ(fault_of(sender.send(wordy)), "outbound.bad_id");
}

// --- choosing
// -------------------------------------------------------------------------------------

TEST_F(OutboundTest, EachMessageGoesTheWayThatTheSettingsName) {
  HttpServer gateway("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  SmtpServer relay;
  const auto key_file = write("sms.key", "0123456789abcdef0123456789abcdef\n");
  const auto outbound = from_settings(
      "spool = \"" + (folder_ / "out").string() + "\"\n[sms]\nby = \"webhook\"\nurl = \"" +
          gateway.url() + "\"\nkey_file = \"" + key_file.string() +
          "\"\n[mail]\nby = \"smtp\"\nserver = \"127.0.0.1\"\nsecurity = \"none\"\n"
          "from = \"notice@example.gov.cn\"\nport = " +
          std::to_string(relay.port()) + "\n",
      clock_);
  ASSERT_TRUE(outbound) << outbound.error().details.at("reason");
  EXPECT_TRUE((*outbound)->send(message(OutboundWay::sms, "13900001111")));
  EXPECT_TRUE((*outbound)->send(message(OutboundWay::mail, "li@example.org")));
  EXPECT_TRUE((*outbound)->send(message(OutboundWay::paper, "东街3号")));
  EXPECT_EQ(gateway.requests().size(), 1U);
  EXPECT_FALSE(relay.text().empty());
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/paper"));
  EXPECT_EQ(fault_of((*outbound)->send(message(OutboundWay::sms, "call me"))),
            "outbound.bad_address");
  EXPECT_EQ(gateway.requests().size(), 1U);
}

TEST_F(OutboundTest, SettingsThatCannotBeRightSayWhy) {
  const auto reason = [&](const std::string& toml) {
    const auto outbound = from_settings(toml, clock_);
    return outbound ? "taken" : outbound.error().details.at("reason");
  };
  EXPECT_EQ(reason("spool = \"/tmp/x\""), "taken");
  EXPECT_EQ(reason(""), "\"spool\" is missing or no text");
  EXPECT_TRUE(reason("[短信]\nby = \"webhook\"").starts_with("line 1: "));
  EXPECT_TRUE(reason("spool = 、").starts_with("line 1: "));
  EXPECT_EQ(reason("spool = \"/x\"\n[sms]\nby = \"pigeon\""),
            "\"by\" = \"pigeon\" does not carry sms");
  EXPECT_EQ(reason("spool = \"/x\"\n[sms]\nby = \"smtp\""), "\"by\" = \"smtp\" does not carry sms");
  EXPECT_EQ(reason("spool = \"/x\"\n[sms]\nby = \"webhook\"\nnetwork = [\"10.0.0.0/8\"]"),
            "\"network\" is not known here");
  EXPECT_EQ(reason("spool = \"/x\"\n[sms]\nby = \"webhook\"\nurl = \"https://a.cn/\"\n"
                   "key_file = \"/nonexistent/key\""),
            "/nonexistent/key cannot be read");
  EXPECT_TRUE(reason("spool = ").starts_with("line 1: "));
}

TEST_F(OutboundTest, AnAddressMustBeOneOfItsWay) {
  EXPECT_TRUE(is_address(OutboundWay::sms, "+86 139-0000-1111"));
  EXPECT_TRUE(is_address(OutboundWay::voice, "0579-84211111"));
  EXPECT_FALSE(is_address(OutboundWay::sms, "12"));
  EXPECT_FALSE(is_address(OutboundWay::sms, "13900001111;cat"));
  EXPECT_FALSE(is_address(OutboundWay::voice, "13900001111\r\n"));
  EXPECT_TRUE(is_address(OutboundWay::paper, "浙江省青溪县\n东街3号"));
  EXPECT_FALSE(is_address(OutboundWay::paper, ""));
  EXPECT_FALSE(is_address(OutboundWay::paper, std::string("a\0b", 3)));
}

}  // namespace
}  // namespace minhu::outbound
