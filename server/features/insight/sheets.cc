#include "features/insight/sheets.h"

namespace minhu::insight {

namespace {

class Writer {
 public:
  explicit Writer(const catalogue::Catalogue& sentences) : sentences_(sentences) {}

  std::string say(std::string_view key) const {
    return sentences_.say("insight." + std::string(key));
  }
  SheetCell shown(const Hideable& number) const {
    return number ? SheetCell(*number) : SheetCell(say("few"));
  }
  // What stands above or below a line that divides nothing.
  SheetCell of(const Hideable& above, const Hideable& below) const {
    if (below == std::int64_t{0}) return say("none");
    return shown(above);
  }

  Sheet summary(const Annual& annual) const {
    const Picture& all = annual.picture;
    Sheet sheet{say("sheet.summary"), {{say("col.name"), say("col.above"), say("col.below")}}};
    auto& rows = sheet.rows;
    rows.push_back({say("col.year"), annual.year.name, std::string()});
    rows.push_back({say("row.received"), shown(all.received), std::string()});
    for (const Line& channel : annual.channels) {
      rows.push_back({say("channel." + channel.name), shown(channel.count), std::string()});
    }
    rows.push_back({say("row.due"), shown(all.due), std::string()});
    for (const Part& part : all.parts) {
      rows.push_back(
          {say("standing." + std::string(part.name)), shown(part.count), shown(all.due)});
    }
    rows.push_back({say("standing.own_registered"), shown(all.own_registered), std::string()});
    for (const ShownShare& share : all.shares) {
      rows.push_back({say(std::string(share.figure->name) + ".title"), of(share.above, share.below),
                      shown(share.below)});
    }
    return sheet;
  }

  Sheet lines(std::string_view title, const std::vector<Line>& all, std::string_view prefix,
              std::string_view nameless) const {
    Sheet sheet{say(title), {{say("col.name"), say("col.count")}}};
    for (const Line& line : all) {
      sheet.rows.push_back({line.name.empty() ? say(nameless)
                            : prefix.empty()  ? line.name
                                              : say(std::string(prefix) + line.name),
                            shown(line.count)});
    }
    return sheet;
  }

  Sheet work(const Annual& annual) const {
    Sheet sheet = lines("sheet.work", annual.sent, "sending.", "none");
    for (const Part& flow : annual.picture.counts) {
      if (flow.name == "sent" || flow.name == "supervised") continue;
      sheet.rows.push_back({say("count." + std::string(flow.name)), shown(flow.count)});
    }
    for (const Line& line : annual.supervised) {
      sheet.rows.push_back(
          {say("count.supervised") + " / " + say("trigger." + line.name), shown(line.count)});
    }
    sheet.rows.push_back({say("row.answered_orders"), shown(annual.supervision_answered)});
    return sheet;
  }

  Sheet advice(const Annual& annual) const {
    Sheet sheet{say("sheet.advice"),
                {{say("col.name"), say("col.sent"), say("col.adopted"), say("col.partly"),
                  say("col.refused")}}};
    for (const Recommendations& one : annual.recommendations) {
      sheet.rows.push_back({say("about." + std::string(name(one.about))), shown(one.sent),
                            shown(one.adopted), shown(one.partly), shown(one.refused)});
    }
    return sheet;
  }

  Sheet offices(const Annual& annual) const {
    Sheet sheet{say("sheet.offices"), {{say("col.name"), say("col.received"), say("col.due")}}};
    for (const char* part : {"solved", "unconfirmed", "late", "open", "set_aside"}) {
      sheet.rows.front().push_back(say("standing." + std::string(part)));
    }
    sheet.rows.front().push_back(say("col.returned"));
    sheet.rows.front().push_back(say("col.reopened"));
    sheet.rows.front().push_back(say("col.median"));
    for (const OfficeLine& line : annual.offices) {
      auto& row = sheet.rows.emplace_back();
      row.emplace_back(line.name.empty() ? say("row.small_offices") : line.name);
      row.push_back(shown(line.received));
      row.emplace_back(line.due);
      for (const Part& part : line.parts) row.push_back(shown(part.count));
      row.push_back(shown(line.returned));
      row.push_back(shown(line.reopened));
      if (line.median_days) {
        row.emplace_back(*line.median_days);
      } else {
        row.emplace_back(say("none"));
      }
    }
    return sheet;
  }

  Sheet meaning() const {
    Sheet sheet{say("sheet.meaning"), {{say("col.name"), say("col.meaning")}}};
    for (const Figure& figure : figures()) {
      const std::string key(figure.name);
      sheet.rows.push_back({say(key + ".title"), say(key + ".what")});
    }
    sheet.rows.push_back({say("col.median"), say("days.what")});
    for (const std::string_view unknown : not_measured()) {
      const std::string key = "not_measured." + std::string(unknown);
      sheet.rows.push_back({say(key + ".title"), say(key)});
    }
    return sheet;
  }

 private:
  const catalogue::Catalogue& sentences_;
};

}  // namespace

std::vector<Sheet> sheets_of(const Annual& annual, const catalogue::Catalogue& sentences) {
  const Writer write(sentences);
  Sheet organs = write.lines("sheet.organs", annual.complained, "", "none");
  organs.rows.push_back({write.say("row.below_five"), write.shown(annual.complained_below_five)});
  return {write.summary(annual), write.lines("sheet.fields", annual.fields, "", "row.unsorted"),
          std::move(organs),     write.work(annual),
          write.advice(annual),  write.offices(annual),
          write.meaning()};
}

}  // namespace minhu::insight
