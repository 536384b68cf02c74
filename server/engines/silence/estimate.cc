#include "engines/silence/estimate.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "engines/silence/posterior.h"

namespace minhu::silence {

namespace {

using Quiet = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
    boost::math::policies::promote_double<false>>;

constexpr double negligible = 1e-4;
constexpr double forever = 1e9;    // days
constexpr std::size_t parts = 12;  // of equal probability, of how many troubles begin

// Times the usual share of each class among what becomes known there, drawn towards 1. It reads no
// rate of speaking: a place must not seem less hidden because it speaks less.
std::vector<double> mixture(const Model& model, const OfPlace& of) {
  double known = 0;
  for (const Cell& cell : of.cells) known += static_cast<double>(cell.begun + cell.found);
  std::vector<double> times;
  for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
    const double own = static_cast<double>(of.cells[kind].begun + of.cells[kind].found);
    times.push_back((model.mixture_shape + own) /
                    (model.mixture_shape + known * model.shares[kind]));
  }
  return times;
}

// Troubles of a class that lie hidden, per new trouble a day.
double waiting(double over, double days, double found_in_a_visit) {
  return (1 - found_in_a_visit * std::exp(-over * days)) / over;
}

// The same where some troubles are spoken of sooner than others; `words` a day on average.
double waiting(const ClassRates& rates, double words, double days, double found_in_a_visit) {
  double sum = 0;
  for (std::size_t i = 0; i < showing_steps; ++i) {
    if (rates.showing[i] < negligible / 100) continue;
    sum += rates.showing[i] * waiting(words * showing_at(i) + rates.fade, days, found_in_a_visit);
  }
  return sum;
}

// What can be, each with its weight.
class Possible {
 public:
  Possible(const Model& model, const OfPlace& of)
      : model_(model),
        of_(of),
        usual_(usual_words(model, *of.place)),
        posterior_(posterior_of(model, of, usual_)),
        mixture_(mixture(model, of)),
        since_visit_(of.visits.empty() ? forever : of.days - of.visits.back()) {
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      if (posterior_.weight[step] < negligible) continue;
      const double per_trouble = hidden_per_trouble(step);
      const double shape = 1 / (1 / posterior_.shape + mixture_spread(step));
      const double rate = posterior_.rate(step, model.trouble_shape);
      for (std::size_t part = 0; part < parts; ++part) {
        const double at = (static_cast<double>(part) + 0.5) / static_cast<double>(parts);
        const double troubles =
            boost::math::gamma_p_inv(shape, at, Quiet()) / shape * posterior_.shape / rate;
        support_.push_back({troubles * per_trouble, posterior_.weight[step] / parts});
        weight_ += posterior_.weight[step] / parts;
      }
    }
    std::sort(support_.begin(), support_.end(),
              [](const Point& a, const Point& b) { return a.hidden < b.hidden; });
  }

  const Posterior& posterior() const { return posterior_; }

  double hidden_of(std::size_t kind) const {
    double sum = 0;
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      sum += posterior_.weight[step] * posterior_.shape /
             posterior_.rate(step, model_.trouble_shape) * per_trouble_of(step, kind);
    }
    return sum;
  }
  double troubles() const {
    double sum = 0;
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      sum +=
          posterior_.weight[step] * posterior_.shape / posterior_.rate(step, model_.trouble_shape);
    }
    return sum;
  }
  double quantile(double probability) const {
    double below = 0;
    for (const Point& point : support_) {
      below += point.weight;
      if (below >= probability * weight_) return point.hidden;
    }
    return support_.back().hidden;
  }
  // Of the number that lies hidden.
  double at_most(std::int64_t number) const {
    if (number < 0) return 0;
    double sum = 0;
    for (const Point& point : support_) {
      sum += point.weight * boost::math::gamma_q(static_cast<double>(number) + 1,
                                                 std::max(point.hidden, 1e-12), Quiet());
    }
    return sum / weight_;
  }
  std::int64_t number_quantile(double probability) const {
    std::int64_t number = 0;
    while (at_most(number) < probability && number < 1'000'000) ++number;
    return number;
  }

 private:
  struct Point {
    double hidden;
    double weight;
  };

  double per_trouble_of(std::size_t step, std::size_t kind) const {
    const ClassRates& rates = model_.classes[kind];
    const double words = speaking_at(static_cast<double>(step)) * usual_[kind];
    return rates.begin * of_.place->people * mixture_[kind] * rates.looked *
           waiting(rates, words, since_visit_, model_.settings.found_in_a_visit);
  }
  double hidden_per_trouble(std::size_t step) const {
    double sum = 0;
    for (std::size_t kind = 0; kind < usual_.size(); ++kind) sum += per_trouble_of(step, kind);
    return sum;
  }

  // Relative variance that comes from not knowing the mix of classes there.
  double mixture_spread(std::size_t step) const {
    double sum = 0;
    double variance = 0;
    for (std::size_t kind = 0; kind < usual_.size(); ++kind) {
      const double hidden = per_trouble_of(step, kind);
      const auto own = static_cast<double>(of_.cells[kind].begun + of_.cells[kind].found);
      sum += hidden;
      variance += hidden * hidden / (model_.mixture_shape + own);
    }
    return variance / (sum * sum);
  }

  const Model& model_;
  OfPlace of_;
  std::vector<double> usual_;
  Posterior posterior_;
  std::vector<double> mixture_;
  double since_visit_;
  std::vector<Point> support_;
  double weight_ = 0;
};

}  // namespace

PlaceEstimate estimate(const Model& model, const std::vector<Place>& places, const Counted& counted,
                       std::size_t place) {
  const OfPlace of = of_place(places, counted, place);
  const Possible possible(model, of);
  const double tail = (1 - model.settings.confidence) / 2;
  PlaceEstimate estimate;
  estimate.place = places[place].id;
  estimate.speaking = possible.posterior().mean() / model.usual;
  estimate.speaking_range = {possible.posterior().quantile(tail) / model.usual,
                             possible.posterior().quantile(1 - tail) / model.usual};
  estimate.troubles = possible.troubles();
  for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
    estimate.hidden_of_class.push_back(possible.hidden_of(kind));
    estimate.hidden += estimate.hidden_of_class.back();
    const Cell& cell = of.cells[kind];
    estimate.matters += cell.begun;
    estimate.again += cell.again();
    estimate.heard_days += cell.pauses() + cell.quiet();
  }
  estimate.expected_range = {possible.quantile(tail), possible.quantile(1 - tail)};
  estimate.least = possible.number_quantile(tail);
  estimate.most = possible.number_quantile(1 - tail);
  return estimate;
}

double at_most(const Model& model, const std::vector<Place>& places, const Counted& counted,
               std::size_t place, std::int64_t number) {
  return Possible(model, of_place(places, counted, place)).at_most(number);
}

AtVisit at_visit(const Model& model, const std::vector<Place>& places, const Counted& counted,
                 std::size_t place) {
  const OfPlace of = of_place(places, counted, place);
  const std::vector<double> usual = usual_words(model, *of.place);
  const Posterior posterior = posterior_of(model, of, usual);
  const double speaking = posterior.quantile(model.settings.low_speaking);
  const double troubles =
      posterior.shape / (model.trouble_shape + expected_known(model, of, usual, speaking));
  const std::vector<double> times = mixture(model, of);
  AtVisit set;
  set.found_in_a_visit = model.settings.found_in_a_visit;
  for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
    const ClassRates& rates = model.classes[kind];
    // In the long run as many as lie hidden there; on the way as if all showed alike.
    set.classes.push_back({rates.looked * rates.begin * of.place->people * troubles * times[kind],
                           1 / waiting(rates, speaking * usual[kind], forever, 0)});
  }
  return set;
}

double weighed_hidden(const AtVisit& set, const std::vector<Class>& classes, double days) {
  double sum = 0;
  for (std::size_t kind = 0; kind < classes.size(); ++kind) {
    const AtVisit::OfClass& of = set.classes[kind];
    sum += static_cast<double>(classes[kind].severity) / 1000 * of.begin_a_day *
           waiting(of.over_a_day, std::max(0.0, days), set.found_in_a_visit);
  }
  return sum;
}

double weighed_hidden_of_peers(const Model& model_without, const Place& place,
                               const std::vector<Class>& classes) {
  double sum = 0;
  for (std::size_t kind = 0; kind < classes.size(); ++kind) {
    const ClassRates& rates = model_without.classes[kind];
    const double usual = usual_words(model_without, place, kind);
    double waits = 0;
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      waits += model_without.spread[step] *
               waiting(rates, speaking_at(static_cast<double>(step)) * usual, forever, 0);
    }
    sum += static_cast<double>(classes[kind].severity) / 1000 * rates.looked * rates.begin *
           place.people * waits;
  }
  return sum;
}

}  // namespace minhu::silence
