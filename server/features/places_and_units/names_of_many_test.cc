// What a list asks for at once is what each of its lines would have been told by itself.
#include "features/places_and_units/names_of_many.h"

#include <gtest/gtest.h>

#include <vector>

#include "adapters/test_storage/test_database.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/test_dice.h"

namespace minhu::places_and_units {
namespace {

// A view that counts what is asked of another.
class Counted : public Reading {
 public:
  explicit Counted(Reading& reading) : reading_(reading) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override {
    ++asked;
    reading_.query(sql, parameters, each);
  }
  int asked = 0;

 private:
  Reading& reading_;
};

class NamesOfMany : public ::testing::Test {
 protected:
  // A county, 6 towns, 120 villages; one whose town is missing, one below itself, two below each
  // other; the categories of two schemes, some under the same code.
  NamesOfMany() {
    EXPECT_TRUE(database_->write_job([&](Transaction& t) -> Outcome {
      const auto place = [&](const std::string& code, const std::string& parent) {
        put_place(t, region_, {code, parent, "名" + code});
        codes_.push_back(code);
      };
      place("339901", "");
      for (int town = 0; town < 6; ++town) place("33990110" + std::to_string(town), "339901");
      for (int village = 0; village < 120; ++village) {
        place("v" + std::to_string(village), "33990110" + std::to_string(village % 6));
      }
      place("lost", "there is no such town");
      place("itself", "itself");
      place("one", "other");
      place("other", "one");
      for (int i = 0; i < 40; ++i) {
        for (const char* scheme : {"minhu", "gov"}) {
          const std::string code = std::to_string(i);
          put_category(t, region_, {scheme, code, "", scheme + code});
          categories_.push_back(std::string(scheme) + ':' + code);
        }
      }
      return {};
    }));
    for (auto* some : {&codes_, &categories_}) {
      for (const char* none : {"", "nowhere", "minhu:nowhere", "without a scheme", ":"}) {
        some->push_back(none);
      }
    }
  }

  std::vector<std::string> drawn_from(const std::vector<std::string>& all, std::size_t many) {
    std::vector<std::string> drawn;
    for (std::size_t i = 0; i < many; ++i) drawn.push_back(dice_.one_of(all));
    return drawn;
  }
  static std::string in(const std::map<std::string, std::string>& names, const std::string& code) {
    const auto found = names.find(code);
    return found == names.end() ? std::string() : found->second;
  }

  Dice dice_{seed_of_this_run()};
  RegionId region_{339901};
  test_storage::TestDatabase database_{{migrations()}};
  std::vector<std::string> codes_;
  std::vector<std::string> categories_;
};

TEST_F(NamesOfMany, AreThoseOfEach) {
  database_->read_job([&](Reading& reading) {
    for (const std::size_t many : {0U, 1U, 15U, 16U, 17U, 50U, 300U}) {
      const auto codes = drawn_from(codes_, many);
      const auto categories = drawn_from(categories_, many);
      const auto names = place_names(reading, region_, codes);
      const auto paths = place_paths(reading, region_, codes);
      const auto called = category_names(reading, region_, categories);
      for (const std::string& code : codes) {
        const auto place = find_place(reading, region_, code);
        EXPECT_EQ(names.contains(code), place.has_value()) << code;
        EXPECT_EQ(in(names, code), place ? place->name : std::string()) << code;
        EXPECT_EQ(in(paths, code), place_path(reading, region_, code)) << code;
      }
      for (const std::string& category : categories) {
        EXPECT_EQ(in(called, category), category_name(reading, region_, category)) << category;
      }
    }
  });
}

TEST_F(NamesOfMany, TakeAFewQuestions) {
  database_->read_job([&](Reading& reading) {
    Counted counted(reading);
    place_names(counted, region_, {});
    place_paths(counted, region_, {});
    category_names(counted, region_, {});
    EXPECT_EQ(counted.asked, 0);
    const auto villages = std::span<const std::string>(codes_).subspan(7, 50);
    place_names(counted, region_, villages);
    EXPECT_EQ(counted.asked, 4);
    counted.asked = 0;
    place_paths(counted, region_, villages);
    EXPECT_EQ(counted.asked, 6);  // the villages, their towns, the county
    counted.asked = 0;
    category_names(counted, region_, std::span<const std::string>(categories_).first(50));
    EXPECT_EQ(counted.asked, 4);
  });
}

}  // namespace
}  // namespace minhu::places_and_units
