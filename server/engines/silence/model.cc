#include "engines/silence/model.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "engines/silence/posterior.h"
#include "engines/silence/regression.h"

namespace minhu::silence {

namespace {

// Before anything is counted: neighbours say a thing again once in fifty days, and places differ as
// much as a log-normal of this deviation.
constexpr double usual_days_to_a_word = 50;
constexpr double usual_deviation = 0.8;
// So many troubles must have been found before what visits find weighs as much as the words.
constexpr double visits_to_believe = 30;
constexpr double days_before_seen = 1000;
constexpr double close_enough = 1e-3;
constexpr double least_shape = 0.3;
constexpr double most_shape = 1e6;

double log_of_people(const Place& place) {
  return std::log(place.people);
}

// Where `score` is highest, of a logarithm between two bounds; it has one top.
double highest(double low, double high, const std::function<double(double)>& score) {
  constexpr double golden = 0.6180339887498949;
  double a = std::log(low);
  double b = std::log(high);
  double left = b - golden * (b - a);
  double right = a + golden * (b - a);
  double at_left = score(std::exp(left));
  double at_right = score(std::exp(right));
  for (int i = 0; i < 24; ++i) {
    if (at_left > at_right) {
      b = right;
      right = left;
      at_right = at_left;
      left = b - golden * (b - a);
      at_left = score(std::exp(left));
    } else {
      a = left;
      left = right;
      at_left = at_right;
      right = a + golden * (b - a);
      at_right = score(std::exp(right));
    }
  }
  return std::exp((a + b) / 2);
}

// Log probability of a count that has this mean on average and differs as a gamma of this shape.
double log_of_count(double count, double mean, double shape) {
  return std::lgamma(shape + count) - std::lgamma(shape) +
         shape * std::log(shape / (shape + mean)) + count * std::log(mean / (shape + mean));
}

class Fitting {
 public:
  Fitting(const std::vector<Class>& classes, const std::vector<Place>& places,
          const Counted& counted, const Settings& settings, std::optional<std::int32_t> without)
      : classes_(classes) {
    model_.settings = settings;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (without && places[i].cluster == *without) continue;
      places_.push_back(of_place(places, counted, i));
    }
    begin();
  }

  Model fitted() {
    for (int round = 0; round < model_.settings.rounds; ++round) {
      look_at_places();
      const double moved = std::max(move_words(), move_fading());
      move_showing();
      move_spread();
      move_troubles();
      if (round >= 8 && moved < close_enough) break;
    }
    look_at_places();
    find_mixture();
    return std::move(model_);
  }

 private:
  void begin() {
    const std::size_t values = places_.empty() ? 1 : places_.front().place->access.size() + 1;
    for (std::size_t i = 0; i < values; ++i) {
      double sum = 0;
      double squares = 0;
      for (const OfPlace& of : places_) {
        const double value = i == 0 ? log_of_people(*of.place) : of.place->access[i - 1];
        sum += value;
        squares += value * value;
      }
      const auto number = std::max(1.0, static_cast<double>(places_.size()));
      const double mean = sum / number;
      model_.centre.push_back(mean);
      model_.deviation.push_back(std::sqrt(std::max(squares / number - mean * mean, 0.0)) + 1e-6);
      model_.effects.push_back(0);
    }
    for (const OfPlace& of : places_) {
      std::vector<double> values_of;
      for (std::size_t i = 0; i < values; ++i) {
        const double value = i == 0 ? log_of_people(*of.place) : of.place->access[i - 1];
        values_of.push_back((value - model_.centre[i]) / model_.deviation[i]);
      }
      values_.push_back(std::move(values_of));
    }
    double words = 1;
    double days = usual_days_to_a_word;
    for (const OfPlace& of : places_) {
      for (const Cell& cell : of.cells) {
        words += static_cast<double>(cell.again());
        days += cell.pauses() + cell.quiet() / 2;
      }
    }
    usual_log_words_ = std::log(words / days);
    known_.assign(classes_.size(), 0.1);
    found_.assign(classes_.size(), 0.0);
    double people_days = 1;
    for (const OfPlace& of : places_) {
      people_days += of.place->people * of.days;
      for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
        known_[kind] += static_cast<double>(of.cells[kind].begun + of.cells[kind].found);
        found_[kind] += static_cast<double>(of.cells[kind].found);
      }
    }
    for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
      ClassRates rates;
      rates.log_words = usual_log_words_;
      rates.fade = 1 / classes_[kind].fade_days;
      rates.begin = known_[kind] / people_days / 0.6;
      model_.classes.push_back(rates);
    }
    judged_ = judged_variances(model_.settings.showing_variance);
    variances_ = judged_;
    for (ClassRates& rates : model_.classes) rates.showing = showing_over(judged_);
    double sum = 0;
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      const double log = std::log(speaking_at(static_cast<double>(step))) / usual_deviation;
      sum += base_[step] = std::exp(-log * log / 2);
    }
    for (double& part : base_) part /= sum;
    model_.spread = base_;
    find_usual();
  }

  void find_usual() {
    model_.usual = 0;
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      model_.usual += model_.spread[step] * speaking_at(static_cast<double>(step));
    }
  }

  void look_at_places() {
    posteriors_.clear();
    usual_.clear();
    lived_.clear();
    for (const OfPlace& of : places_) {
      usual_.push_back(usual_words(model_, *of.place));
      posteriors_.push_back(posterior_of(model_, of, usual_.back()));
      const double speaking = posteriors_.back().mean();
      for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
        lived_.push_back(lived(model_, of, kind, speaking * usual_.back()[kind]));
      }
    }
  }

  double move_words() {
    double squares = 0;
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      const double speaking = speaking_at(static_cast<double>(step)) / model_.usual - 1;
      squares += model_.spread[step] * speaking * speaking;
    }
    std::vector<Row> rows;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      double all = 0;
      const std::size_t first = rows.size();
      for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
        const Lived& one = lived_[i * classes_.size() + kind];
        if (one.heard_days <= 0) continue;
        const double expected = one.heard_days * usual_[i][kind] * model_.usual;
        all += expected;
        const double words =
            static_cast<double>(places_[i].cells[kind].again()) + one.known_as_words;
        rows.push_back({kind, words, expected, 1, &values_[i]});
      }
      // What a place has in common with itself counts once, however much is said there.
      for (std::size_t row = first; row < rows.size(); ++row) {
        rows[row].weight = 1 / (1 + all * squares);
      }
    }
    std::vector<double> lean;
    std::vector<double> pull;
    for (const ClassRates& rates : model_.classes) {
      lean.push_back(rates.log_words + std::log(model_.usual) - usual_log_words_);
      pull.push_back(1);
    }
    for (const double effect : model_.effects) {
      lean.push_back(effect);
      pull.push_back(2);
    }
    const std::vector<double> step = regression_step(rows, classes_.size(), lean, pull);
    double moved = 0;
    for (std::size_t i = 0; i < step.size(); ++i) {
      moved = std::max(moved, std::abs(step[i]));
      (i < classes_.size() ? model_.classes[i].log_words : model_.effects[i - classes_.size()]) +=
          step[i];
    }
    return moved;
  }

  double move_fading() {
    double moved = 0;
    const double weight = model_.settings.fade_weight;
    for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
      double ended = weight;
      double days = weight * classes_[kind].fade_days;
      double seen = 1;
      double seen_days = days_before_seen;
      for (std::size_t i = 0; i < places_.size(); ++i) {
        const Lived& one = lived_[i * classes_.size() + kind];
        ended += one.ended + one.known_as_ends;
        days += one.all_days;
        seen += static_cast<double>(places_[i].cells[kind].seen());
        seen_days += one.all_days;
      }
      const double fade = std::max(ended, weight / 10) / days;
      moved = std::max(moved, std::abs(std::log(fade / model_.classes[kind].fade)));
      model_.classes[kind].fade = fade;
      model_.classes[kind].seen = seen / seen_days;
    }
    return moved;
  }

  // What the classes show of how much their troubles differ, drawn together.
  void move_showing() {
    OverVariances together{};
    for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
      OverVariances logs{};
      for (std::size_t v = 0; v < variances.size(); ++v) {
        logs[v] = std::log(variances_[v]);
        for (std::size_t i = 0; i < places_.size(); ++i) {
          logs[v] += lived_[i * classes_.size() + kind].variances[v];
        }
      }
      const double most = *std::max_element(logs.begin(), logs.end());
      double sum = 0;
      for (double& log : logs) sum += log = std::exp(log - most);
      for (std::size_t v = 0; v < variances.size(); ++v) together[v] += logs[v] /= sum;
      model_.classes[kind].showing = showing_over(logs);
    }
    const double weight = model_.settings.showing_weight;
    for (std::size_t v = 0; v < variances.size(); ++v) {
      variances_[v] =
          (weight * judged_[v] + together[v]) / (weight + static_cast<double>(classes_.size()));
    }
  }

  void move_spread() {
    const double weight = model_.settings.peers_weight;
    const double all = weight + static_cast<double>(places_.size());
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      double sum = weight * base_[step];
      for (const Posterior& posterior : posteriors_) sum += posterior.weight[step];
      model_.spread[step] = sum / all;
    }
    const double before = model_.usual;
    find_usual();
    for (ClassRates& rates : model_.classes) rates.log_words += std::log(before / model_.usual);
  }

  void move_troubles() {
    std::vector<double> expected(classes_.size(), 1e-9);
    std::vector<double> to_find(classes_.size(), 0.0);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Posterior& posterior = posteriors_[i];
      for (std::size_t step = 0; step < speaking_steps; ++step) {
        if (posterior.weight[step] < 1e-4) continue;
        const double troubles =
            posterior.weight[step] * posterior.shape / posterior.rate(step, model_.trouble_shape);
        for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
          const Becoming& becoming = posterior.becoming[kind][step];
          const double people = troubles * places_[i].place->people;
          expected[kind] += people * (becoming.told + becoming.found);
          to_find[kind] += people * model_.classes[kind].begin * becoming.found;
        }
      }
    }
    for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
      model_.classes[kind].begin = known_[kind] / expected[kind];
    }
    compare_with_found(to_find);
    model_.trouble_shape = highest(least_shape, 1e4, [&](double shape) {
      double sum = 0;
      for (const Posterior& posterior : posteriors_) {
        // The weights hold the shape of before; take it out and put the new one in.
        const double known = posterior.shape - model_.trouble_shape;
        double likely = 0;
        double most = -1e300;
        std::array<double, speaking_steps> logs{};
        for (std::size_t step = 0; step < speaking_steps; ++step) {
          logs[step] = std::log(posterior.weight[step] + 1e-300) +
                       posterior.shape * std::log(posterior.rate(step, model_.trouble_shape)) -
                       (shape + known) * std::log(shape + posterior.expected[step]);
          most = std::max(most, logs[step]);
        }
        for (const double log : logs) likely += std::exp(log - most);
        sum += std::log(likely) + most + std::lgamma(shape + known) - std::lgamma(shape) +
               shape * std::log(shape);
      }
      return sum;
    });
  }

  // `to_find`: what visits should have found, with the corrections of now.
  void compare_with_found(const std::vector<double>& to_find) {
    double all_found = visits_to_believe;
    double all_expected = visits_to_believe;
    for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
      all_found += found_[kind];
      all_expected += to_find[kind] / model_.classes[kind].looked;
    }
    const double all = all_found / all_expected;
    for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
      ClassRates& rates = model_.classes[kind];
      rates.looked = (found_[kind] + visits_to_believe * all) /
                     (to_find[kind] / rates.looked + visits_to_believe);
    }
  }

  // How much the mix of classes differs between places beyond chance.
  void find_mixture() {
    const double all = std::accumulate(known_.begin(), known_.end(), 0.0);
    for (const double known : known_) model_.shares.push_back(known / all);
    std::vector<std::array<double, 2>> cells;
    for (const OfPlace& of : places_) {
      double known = 0;
      for (const Cell& cell : of.cells) known += static_cast<double>(cell.begun + cell.found);
      if (known < 1) continue;
      for (std::size_t kind = 0; kind < classes_.size(); ++kind) {
        cells.push_back({static_cast<double>(of.cells[kind].begun + of.cells[kind].found),
                         known * model_.shares[kind]});
      }
    }
    model_.mixture_shape = highest(least_shape, most_shape, [&](double shape) {
      double sum = 0;
      for (const auto& [count, mean] : cells) sum += log_of_count(count, mean, shape);
      return sum;
    });
  }

  const std::vector<Class>& classes_;
  std::vector<OfPlace> places_;
  std::vector<std::vector<double>> values_;
  std::vector<double> known_;
  std::vector<double> found_;
  std::array<double, speaking_steps> base_{};
  OverVariances judged_{};
  OverVariances variances_{};
  double usual_log_words_ = 0;
  Model model_;
  std::vector<std::vector<double>> usual_;
  std::vector<Posterior> posteriors_;
  std::vector<Lived> lived_;
};

}  // namespace

double usual_words(const Model& model, const Place& place, std::size_t kind) {
  double log = model.classes[kind].log_words;
  for (std::size_t i = 0; i < model.effects.size(); ++i) {
    const double value = i == 0 ? log_of_people(place) : place.access[i - 1];
    // Nobody is compared with what lies far outside everything that was seen.
    const double away = std::clamp((value - model.centre[i]) / model.deviation[i], -4.0, 4.0);
    log += model.effects[i] * away;
  }
  return std::exp(log);
}

Model fit(const std::vector<Class>& classes, const std::vector<Place>& places,
          const Counted& counted, const Settings& settings, std::optional<std::int32_t> without) {
  return Fitting(classes, places, counted, settings, without).fitted();
}

Result<Model> fit(const Record& record, const Settings& settings,
                  std::optional<std::int32_t> without) {
  MINHU_CHECK_OK(check(record));
  return fit(record.classes, record.places, count(record, settings.counting), settings, without);
}

}  // namespace minhu::silence
