// The petitions here are invented.
#include "engines/text/classifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engines/text/calibration.h"
#include "engines/text/folds.h"
#include "kernel/test_dice.h"

namespace minhu::text {
namespace {

struct Labelled {
  std::string key;
  std::string detail;
  std::string category;
};

// Sentences put together from parts, so that categories can be told apart and no two are the same.
std::vector<Labelled> invented(std::size_t count, std::uint64_t seed = 5) {
  struct Kind {
    const char* category;
    std::vector<const char*> things;
    std::vector<const char*> troubles;
  };
  const std::vector<Kind> kinds = {
      {"交通运输",
       {"公交车", "出租车", "班车", "红绿灯", "高速公路"},
       {"乱停", "拒载", "票价上涨", "堵车严重"}},
      {"教育文体",
       {"小学", "幼儿园", "中学", "老师", "补课班"},
       {"乱收学费", "强制补课", "体罚学生", "招生不公"}},
      {"卫生计生",
       {"医院", "卫生院", "医生", "疫苗", "门诊"},
       {"误诊", "看病难", "药价太高", "不给住院"}},
  };
  const std::vector<const char*> places = {"柳溪村", "星沙街道", "月湖镇", "A市", "K8县", "东门口"};
  const std::vector<const char*> ends = {"没有人管", "请尽快处理", "已经三个月了", "大家都很着急",
                                         "希望有个说法"};
  Dice dice(seed);
  std::vector<Labelled> out;
  for (std::size_t i = 0; i < count; ++i) {
    const Kind& kind = kinds[i % kinds.size()];
    std::string text = std::string(dice.one_of(places)) + "的" + dice.one_of(kind.things) +
                       dice.one_of(kind.troubles) + "，附近的" + dice.one_of(kind.things) + "也" +
                       dice.one_of(kind.troubles) + "，" + dice.one_of(ends) + "。";
    out.push_back({"p" + std::to_string(1000 + i), text, kind.category});
  }
  return out;
}

const Lexicon& words() {
  static const Lexicon lexicon;
  return lexicon;
}

TrainingSet set_of(const std::vector<Labelled>& pages) {
  TrainingSet set;
  for (const Labelled& page : pages) {
    EXPECT_TRUE(set.add(words(), page.key, {}, page.detail, page.category));
  }
  return set;
}

Read page_of(std::string_view detail) {
  return read(words(), {}, detail).value();
}

std::string category_of(const Model& model, std::string_view detail) {
  return model.categories()[model.suggest(page_of(detail)).category];
}

TEST(Classifier, learns_to_tell_categories_apart) {
  const Result<Model> model = set_of(invented(120)).train();
  ASSERT_TRUE(model);
  EXPECT_EQ(category_of(*model, "月湖镇的公交车不停站"), "交通运输");
  EXPECT_EQ(category_of(*model, "孩子的老师强制补课"), "教育文体");
  EXPECT_EQ(category_of(*model, "卫生院的医生误诊"), "卫生计生");
  EXPECT_GT(model->scores().accuracy, 0.9);
  EXPECT_EQ(model->training_pages(), 120U);
  EXPECT_TRUE(model->knows_these_words());
}

TEST(Classifier, knows_subjects_by_words_it_was_never_shown) {
  // Not one character of these stands in the pages of training; their subjects do.
  const Result<Model> model = set_of(invented(120)).train();
  ASSERT_TRUE(model);
  EXPECT_EQ(category_of(*model, "换乘，首末站"), "交通运输");
  EXPECT_EQ(category_of(*model, "挂号，就诊"), "卫生计生");
}

TEST(Classifier, gives_the_same_bytes_whatever_the_order) {
  std::vector<Labelled> pages = invented(90);
  const Result<Model> one = set_of(pages).train();
  std::reverse(pages.begin(), pages.end());
  const Result<Model> other = set_of(pages).train();
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->file(), other->file());
  EXPECT_EQ(one->version(), other->version());
}

TEST(Classifier, a_correction_taken_back_leaves_nothing) {
  const std::vector<Labelled> pages = invented(90);
  const Result<Model> before = set_of(pages).train();
  TrainingSet corrected = set_of(pages);
  ASSERT_TRUE(corrected.add(words(), "x1", {}, "柳溪村的医院门诊堵车", "卫生计生"));
  ASSERT_TRUE(corrected.add(words(), pages[0].key, {}, pages[0].detail, "教育文体"));
  const Result<Model> with = corrected.train();
  EXPECT_TRUE(corrected.remove("x1"));
  EXPECT_FALSE(corrected.remove("x1"));
  ASSERT_TRUE(corrected.add(words(), pages[0].key, {}, pages[0].detail, pages[0].category));
  const Result<Model> after = corrected.train();
  ASSERT_TRUE(before && with && after);
  EXPECT_NE(with->file(), before->file());
  EXPECT_EQ(after->file(), before->file());
}

TEST(Classifier, keeps_no_feature_of_a_single_page) {
  std::vector<Labelled> pages = invented(90);
  const Result<Model> before = set_of(pages).train();
  pages[3].detail += "鹮鳽";  // characters that stand in no other page
  const Result<Model> with = set_of(pages).train();
  ASSERT_TRUE(before && with);
  EXPECT_EQ(with->features(), before->features());
  const Read strange = page_of("鹮鳽");
  const std::vector<double> sums = with->sums(strange);
  EXPECT_EQ(sums, with->sums(page_of("")));
}

TEST(Classifier, says_which_words_speak_for_and_against) {
  const Result<Model> model = set_of(invented(120)).train();
  ASSERT_TRUE(model);
  const Explained found = model->explain(page_of("公交车堵车严重，医生也迟到"));
  EXPECT_EQ(model->categories()[found.suggestion.category], "交通运输");
  ASSERT_FALSE(found.reasons.empty());
  EXPECT_GT(found.reasons.front().weight, 0);
  const bool against = std::any_of(found.reasons.begin(), found.reasons.end(), [](const Reason& r) {
    return r.word == "医生" && r.weight < 0;
  });
  EXPECT_TRUE(against);
}

TEST(Classifier, shows_no_names_and_numbers_as_reasons) {
  std::vector<Labelled> pages = invented(90);
  for (Labelled& page : pages) {
    if (page.category == "交通运输") page.detail = "我叫王建国，电话13812345678。" + page.detail;
  }
  const Result<Model> model = set_of(pages).train();
  ASSERT_TRUE(model);
  const Explained found = model->explain(page_of("我叫王建国，电话13812345678，公交车拒载"), 100);
  for (const Reason& reason : found.reasons) {
    EXPECT_NE(reason.word, "建国");
    EXPECT_NE(reason.word, "王");
    EXPECT_NE(reason.word, "13812345678");
  }
}

TEST(Classifier, is_not_sure_about_what_says_nothing) {
  const Result<Model> model = set_of(invented(120)).train();
  ASSERT_TRUE(model);
  for (const char* text : {"", "。", "😀😀😀", "qwertz"}) {
    const Suggestion found = model->suggest(page_of(text));
    EXPECT_FALSE(found.sure) << text;
    EXPECT_LT(found.confidence, 0.9) << text;
  }
  EXPECT_TRUE(model->suggest(page_of("公交车拒载，出租车乱停")).sure);
}

TEST(Classifier, confidences_are_shares_of_one) {
  const Result<Model> model = set_of(invented(60)).train();
  ASSERT_TRUE(model);
  const Suggestion found = model->suggest(page_of("医院旁边的小学"));
  EXPECT_GE(found.confidence, found.runner_up_confidence);
  EXPECT_LE(found.confidence + found.runner_up_confidence, 1.0 + 1e-9);
  EXPECT_NE(found.category, found.runner_up);
}

TEST(Classifier, refuses_what_it_cannot_learn_from) {
  EXPECT_EQ(TrainingSet().train().error().key, "text.too_few_pages");
  std::vector<Labelled> pages = invented(60);
  for (Labelled& page : pages) page.category = "交通运输";
  EXPECT_EQ(set_of(pages).train().error().key, "text.too_few_categories");
  TrainingSet set;
  EXPECT_EQ(set.add(words(), "1", {}, "路灯", "").error().key, "text.no_category");
  EXPECT_EQ(set.add(words(), "1", {}, "\xFF", "交通运输").error().key, "text.not_utf8");
}

TEST(Classifier, leaves_out_categories_with_too_few_pages) {
  std::vector<Labelled> pages = invented(60);
  pages[0].category = "其他";
  const Result<Model> model = set_of(pages).train();
  ASSERT_TRUE(model);
  EXPECT_EQ(model->categories(), (std::vector<std::string>{"交通运输", "卫生计生", "教育文体"}));
}

TEST(ModelFile, is_the_same_model_when_opened) {
  const Result<Model> model = set_of(invented(60)).train();
  ASSERT_TRUE(model);
  const Result<Model> opened = Model::open(model->file());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->version(), model->version());
  EXPECT_EQ(opened->categories(), model->categories());
  EXPECT_EQ(opened->training_pages(), 60U);
  EXPECT_EQ(opened->training_data(), model->training_data());
  EXPECT_EQ(opened->scores().macro_f1, model->scores().macro_f1);
  const Read page = page_of("公交车拒载");
  EXPECT_EQ(opened->sums(page), model->sums(page));
  EXPECT_EQ(opened->suggest(page).confidence, model->suggest(page).confidence);
}

TEST(ModelFile, is_refused_when_a_single_bit_is_wrong) {
  const Result<Model> model = set_of(invented(60)).train();
  ASSERT_TRUE(model);
  const Bytes good = model->file();
  Dice dice(seed_of_this_run());
  for (int round = 0; round < 100; ++round) {
    Bytes bad = good;
    const auto at = static_cast<std::size_t>(dice.next() % bad.size());
    bad[at] = static_cast<std::uint8_t>(bad[at] ^ (1U << (dice.next() % 8)));
    const Result<Model> opened = Model::open(bad);
    ASSERT_FALSE(opened);
    EXPECT_TRUE(opened.error().key == "text.model_damaged" ||
                opened.error().key == "text.model_foreign");
  }
}

TEST(ModelFile, is_refused_when_cut_short_or_of_another_kind) {
  const Result<Model> model = set_of(invented(60)).train();
  ASSERT_TRUE(model);
  const Bytes good = model->file();
  for (std::size_t size = 0; size < good.size(); size += 1 + good.size() / 50) {
    EXPECT_FALSE(Model::open(BytesView(good).first(size)));
  }
  EXPECT_EQ(Model::open({}).error().key, "text.model_foreign");
  EXPECT_EQ(Model::open(as_bytes("id,title,detail\n1,a,b\n")).error().key, "text.model_foreign");
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_EQ(Model::open(longer).error().key, "text.model_damaged");
}

// Whoever forges the checksum too still finds every count and every float checked.
Bytes forged(Bytes file, std::size_t at, std::uint8_t byte) {
  file[at] = byte;
  const BytesView content = BytesView(file).first(file.size() - 32);
  const Digest digest = sha256(content);
  std::copy(digest.begin(), digest.end(), file.end() - 32);
  return file;
}

TEST(ModelFile, survives_a_forged_checksum) {
  const Result<Model> model = set_of(invented(60)).train();
  ASSERT_TRUE(model);
  const Bytes good = model->file();
  const std::size_t header = 17;
  EXPECT_EQ(Model::open(forged(good, header, 2)).error().key, "text.model_newer");
  EXPECT_EQ(Model::open(forged(good, header, 0)).error().key, "text.model_damaged");
  Dice dice(seed_of_this_run());
  for (int round = 0; round < 200; ++round) {
    const auto at = header + static_cast<std::size_t>(dice.next() % 400);
    const Result<Model> opened =
        Model::open(forged(good, at, static_cast<std::uint8_t>(dice.next())));
    if (!opened) continue;
    const Explained found = opened->explain(page_of("公交车拒载"));
    EXPECT_LT(found.suggestion.category, opened->categories().size());
  }
}

TEST(Compare, tells_which_model_is_better_and_how_sure_that_is) {
  const std::vector<Labelled> pages = invented(120);
  const Result<Model> good = set_of(pages).train();
  std::vector<Labelled> wrong = pages;
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    if (wrong[i].category == "教育文体") wrong[i].category = i % 2 == 0 ? "卫生计生" : "教育文体";
  }
  const Result<Model> bad = set_of(wrong).train();
  ASSERT_TRUE(good && bad);
  std::vector<LabelledPage> unseen;
  for (const Labelled& page : invented(60, 99)) {
    unseen.push_back({page_of(page.detail), page.category});
  }
  const Comparison same = compare(*good, *good, unseen);
  EXPECT_EQ(same.pages, 60U);
  EXPECT_EQ(same.only_first_right, 0U);
  EXPECT_EQ(same.chance, 1.0);
  const Comparison both = compare(*good, *bad, unseen);
  EXPECT_GE(both.first_accuracy, both.second_accuracy);
}

TEST(Calibration, measures_how_far_confidence_is_from_truth) {
  const std::vector<Judged> honest = {{0, 0, 0.75}, {0, 0, 0.75}, {0, 0, 0.75}, {1, 0, 0.75}};
  EXPECT_NEAR(calibration_error(honest), 0.0, 1e-12);
  const std::vector<Judged> boasting = {{1, 0, 0.95}, {0, 0, 0.95}};
  EXPECT_NEAR(calibration_error(boasting), 0.45, 1e-12);
  EXPECT_NEAR(accuracy(boasting), 0.5, 1e-12);
  EXPECT_NEAR(macro_f1(boasting, 2), (2.0 / 3.0) / 2, 1e-12);
}

TEST(Calibration, finds_the_slope_that_fits) {
  // Pages whose margin is ±1 and whose leader is right four times in five: odds of 4 = e^(slope·1).
  std::vector<Scored> scored;
  for (int i = 0; i < 1'000; ++i) {
    scored.push_back({{1.0, 0.0}, i % 5 == 0 ? std::size_t{1} : std::size_t{0}});
    scored.push_back({{0.0, 1.0}, i % 5 == 0 ? std::size_t{0} : std::size_t{1}});
  }
  std::vector<const Scored*> all;
  for (const Scored& page : scored) all.push_back(&page);
  const Calibration found = calibrate(all, 2);
  EXPECT_NEAR(found.confidences(scored[0].sums)[0], 0.8, 0.01);
}

TEST(Folds, keep_near_duplicates_together) {
  std::vector<std::vector<std::uint32_t>> sketches;
  const std::string text =
      "柳溪村三组的路灯坏了三个月，找过村委会两次都没有人来修，晚上老人出门很危险";
  sketches.push_back(sketch_of(page_of(text)));
  sketches.push_back(
      sketch_of(page_of("月湖中学强制补课，每个学生收费三百元，家长不敢说话，请教育局管一管")));
  sketches.push_back(sketch_of(page_of("再次反映：" + text + "！请尽快处理")));
  const std::vector<std::size_t> groups = near_duplicates(sketches);
  EXPECT_EQ(groups, (std::vector<std::size_t>{0, 1, 0}));
  const std::vector<std::size_t> categories = {0, 1, 0};
  const std::vector<std::size_t> folds = deal_folds(groups, categories, 2);
  EXPECT_EQ(folds[0], folds[2]);
}

TEST(Folds, spread_categories_evenly) {
  std::vector<std::size_t> groups;
  std::vector<std::size_t> categories;
  for (std::size_t i = 0; i < 100; ++i) {
    groups.push_back(i);
    categories.push_back(i % 4);
  }
  const std::vector<std::size_t> folds = deal_folds(groups, categories, 5);
  for (std::size_t fold = 0; fold < 5; ++fold) {
    for (std::size_t category = 0; category < 4; ++category) {
      std::size_t count = 0;
      for (std::size_t i = 0; i < 100; ++i) {
        if (folds[i] == fold && categories[i] == category) ++count;
      }
      EXPECT_EQ(count, 5U);
    }
  }
}

}  // namespace
}  // namespace minhu::text
