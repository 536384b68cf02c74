// The models that suggest categories, for the administrator: none is used before somebody says so.
#include <boost/json/serialize.hpp>

#include "adapters/web_api/matters.h"
#include "adapters/web_api/show.h"
#include "features/administration/settings_log.h"
#include "features/matters/learning.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

double share(std::int64_t millionths) {
  return static_cast<double>(millionths) / 1'000'000;
}

bj::object shown(const matters::Model& model) {
  return bj::object{{"version", model.version},
                    {"scheme", model.scheme},
                    {"state", std::string(matters::name(model.state))},
                    {"made_at", format_instant(model.made_at)},
                    {"learnt", model.learnt},
                    {"tried", model.scores.tried},
                    {"accuracy", share(model.scores.accuracy)},
                    {"macro_f1", share(model.scores.macro_f1)},
                    {"calibration_error", share(model.scores.calibration_error)},
                    {"accuracy_when_sure", share(model.scores.when_sure)}};
}

// Their bodies hold nothing; what else is in them is refused.
Outcome nothing_in(const http::Request& request) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  return body.members().only({});
}

}  // namespace

Answer list_models(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  const RegionId region = api.installation.county.region;
  const auto models = api.installation.database.read(
      [&](Reading& reading) { return matters::all_models(reading, region); });
  bj::array list;
  for (const matters::Model& model : models) list.push_back(shown(model));
  return json({{"models", std::move(list)},
               {"cases", matters::learnable(api.installation.database, region)}});
}

Answer make_model(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_CHECK_OK(nothing_in(request));
  MINHU_TRY(const matters::Model model, matters::make_model(api.installation));
  return json(shown(model), 201);
}

Answer use_model(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "units:manage"));
  MINHU_CHECK_OK(nothing_in(request));
  const cases::Context context = api.installation.as(account.principal);
  const std::string& version = request.captures.at(0);
  MINHU_TRY(
      const matters::Model model,
      api.installation.database.write([&](Transaction& transaction) -> Result<matters::Model> {
        const RegionId region = context.county.region;
        const auto before = matters::model_in_use(transaction, region);
        MINHU_TRY(matters::Model now, matters::use_model(transaction, region, version));
        administration::record(
            transaction, context,
            {administration::Subject::model,
             now.scheme,
             administration::Action::changed,
             before ? bj::serialize(bj::object{{"version", before->version}}) : std::string(),
             bj::serialize(bj::object{{"version", now.version}}),
             {}});
        return now;
      }));
  return json(shown(model));
}

}  // namespace minhu::web_api
