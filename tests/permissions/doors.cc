#include "doors.h"

#include <atomic>
#include <deque>
#include <span>
#include <vector>

#include "plan_doors.h"
#include "promise_doors.h"
#include "reception_doors.h"
#include "report_doors.h"
#include "rights_doors.h"
#include "step_doors.h"
#include "visit_doors.h"

namespace minhu::permission_matrix {

namespace {

using enum http::Method;
using enum Verb;
constexpr auto once = Manner::once;

// A step with a field that no step has: whoever may take it hears of the field (400), and nothing
// ever happens. Who may not hears that first.
constexpr std::string_view tried = R"({"fields":{"no_such_field":"x"},"expected_seq":$SEQ})";
constexpr std::string_view tried_of_a_class = R"({"fields":{"no_such_field":"x"}})";
// The pages have no such field; there a step that needs words is sent without them.
constexpr std::string_view tried_on_page = "token=$KEY&expected_seq=$SEQ";
constexpr std::string_view words = R"({"text":"路灯不亮"})";
constexpr std::string_view sign_in = R"({"login":"$LOGIN","password":"a good password"})";
constexpr std::string_view no_reason = R"({"reason":"   "})";

// clang-format off
constexpr Door lines[] = {
    // ---- whoever has something to say
    {post, "/api/v1/cases",                                     "case",                     create,    "public", 201, words},
    {post, "/api/v1/cases/with_files",                          "case attachment",          create,    "public", 201, "@with_files"},
    {get,  "/api/v1/places",                                    "register",                 search,    "public", 200, "", "search=竹"},
    {get,  "/api/v1/openapi.yaml",                              "page",                     read,      "public", 200},
    {get,  "/api/v1/problems.yaml",                             "page",                     read,      "public", 200},

    // ---- the speaker, with number and code
    {get,  "/api/v1/receipts/{number}",                         "case event answer rating sealed", read, "own case", 200},
    {get,  "/api/v1/receipts/{number}/proof",                   "event",                    read,      "own case", 200},
    {get,  "/api/v1/receipts/{number}/attachments/{content}",   "attachment",               read,      "own attachment", 200, "", "", "attachment"},
    {get,  "/api/v1/receipts/{number}/attachments/{content}",   "attachment",               read,      "nobody", 200, "", "", "evidence"},
    {post, "/api/v1/receipts/{number}/steps/supplemented",      "event attachment",         create,    "own supplement", 400, tried},
    {post, "/api/v1/receipts/{number}/steps/urged",             "event",                    create,    "own urging", 400, tried},
    {post, "/api/v1/receipts/{number}/steps/withdrawn",         "case",                     change,    "own withdrawal", 400, tried},
    {post, "/api/v1/receipts/{number}/steps/rated",             "rating",                   create,    "own rating", 400, tried},
    {post, "/api/v1/receipts/{number}/steps/review_requested",  "case",                     change,    "own review", 400, tried},
    {post, "/api/v1/receipts/{number}/steps/recheck_requested", "case",                     change,    "own recheck", 400, tried},
    {post, "/api/v1/receipts/{number}/code",                    "case",                     change,    "own code", 200, "", "", "", once},
    {post, "/api/v1/receipts/{number}/activate",                "case",                     change,    "own activation", 200, "", "", "", once},

    // ---- signing in
    {post, "/api/v1/session",                                   "session",                  create,    "public", 200, sign_in},
    {get,  "/api/v1/session/ways",                              "page",                     read,      "public", 200},
    {get,  "/session/openid",                                   "session",                  create,    "public", 404},
    {post, "/session/openid",                                   "session",                  create,    "public", 404, "token=x"},
    {get,  "/session/openid/return",                            "session",                  create,    "public", 404},
    {get,  "/api/v1/session",                                   "session",                  read,      "official", 200},
    {delete_, "/api/v1/session",                        "session",                  change,    "official", 204, "", "", "", once},

    // ---- an office and its cases
    {post, "/api/v1/office/cases",                              "case",                     create,    "receive", 201, words},
    {get,  "/api/v1/queues",                                    "case statistics",          list,      "queue", 200},
    {get,  "/api/v1/queue",                                     "case",                     list,      "queue", 200, "", "part=lead"},
    {get,  "/api/v1/cases/{id}",                                "case event answer rating sealed", read, "case", 200},
    {get,  "/api/v1/cases/{id}/attachments/{content}",          "attachment",               read,      "attachment", 200, "", "", "attachment"},
    {get,  "/api/v1/cases/{id}/attachments/{content}",          "attachment answer",        read,      "evidence", 200, "", "", "evidence"},
    {get,  "/api/v1/cases/{id}/steps",                          "event",                    list,      "case", 200},
    {post, "/api/v1/cases/{id}/phone",                          "identity",                 read,      "phone", 400, no_reason},
    {get,  "/api/v1/cases/{id}/names",                          "event",                    list,      "case work", 200},
    {post, "/api/v1/cases/{id}/names",                          "identity",                 change,    "ask name", 400, no_reason},
    {post, "/api/v1/cases/{id}/names/{request}/decision",       "identity",                 change,    "grant name", 409, "{}", "", "999"},
    {post, "/api/v1/cases/{id}/names/{request}/look",           "identity",                 read,      "look at name", 409, "", "", "999"},
    {get,  "/api/v1/units",                                     "register",                 list,      "official", 200},
    {get,  "/api/v1/categories",                                "register",                 list,      "official", 200},
    {get,  "/api/v1/dispatch_suggestion",                       "register",                 search,    "official", 200, "", "category=minhu:01"},

    {post, "/api/v1/office/cases/with_files",                   "case attachment",          create,    "receive", 201, "@with_files"},

    // ---- the desk: queues, views, drafts, texts, what is like a case; ids that are nobody's
    {post, "/api/v1/queue/bulk",                                "case",                     change,    "bulk", 200, R"({"step":"signed_in","cases":[{"id":"0190aaaa-0000-7000-8000-00000000cafe"}]})"},
    {get,  "/api/v1/handled",                                   "case",                     list,      "queue", 200},
    {get,  "/api/v1/find",                                      "case",                     search,    "case", 200, "", "number=$NUMBER"},
    {get,  "/api/v1/views",                                     "register",                 list,      "queue", 200},
    {post, "/api/v1/views",                                     "register",                 create,    "queue", 400, R"({"title":""})"},
    {delete_, "/api/v1/views/{view}",                           "register",                 change,    "queue", 404},
    {get,  "/api/v1/cases/{id}/changes",                        "event",                    list,      "case", 200, "", "after=0"},
    {get,  "/api/v1/cases/{id}/draft",                          "draft",                    read,      "case work", 200, "", "tab=note"},
    {put,  "/api/v1/cases/{id}/draft",                          "draft",                    change,    "case writing", 200, R"({"fields":{},"revision":0})", "tab=note"},
    {delete_, "/api/v1/cases/{id}/draft",                       "draft",                    change,    "case work", 204, "", "tab=note"},
    {post, "/api/v1/cases/{id}/preview/{kind}",                 "answer",                   read,      "step answered", 400, R"({"fields":{"no_such_field":"x"}})", "", "answered"},
    {get,  "/api/v1/texts",                                     "register",                 list,      "text read", 200},
    {post, "/api/v1/texts",                                     "register",                 create,    "text write", 400, R"({"title":"x"})"},
    {put,  "/api/v1/texts/{text}",                              "register",                 change,    "text write", 404, R"({"title":"x","body":"x","revision":1})"},
    {delete_, "/api/v1/texts/{text}",                           "register",                 change,    "text write", 404},
    {get,  "/api/v1/cases/{id}/texts",                          "register",                 list,      "case", 200},
    {post, "/api/v1/cases/{id}/texts/{text}/used",              "register",                 change,    "case work", 404},
    {get,  "/api/v1/similar",                                   "case",                     search,    "similar", 200, "", "category=minhu:01"},
    {get,  "/api/v1/cases/{id}/similar",                        "case",                     search,    "case", 200},
    {post, "/api/v1/cases/{id}/not_similar",                    "case",                     change,    "case", 400, R"({"other":"$CASE"})"},
    {post, "/api/v1/articles/search",                           "register",                 search,    "article read", 200, R"({"text":"路灯"})"},
    {get,  "/api/v1/articles",                                  "register",                 list,      "article read", 200},
    {post, "/api/v1/articles",                                  "register",                 create,    "article write", 400, R"({"title":"x"})"},
    {get,  "/api/v1/articles/{id}",                             "register",                 read,      "article read", 404},
    {put,  "/api/v1/articles/{id}",                             "register",                 change,    "article write", 400, R"({"title":"x"})"},
    {get,  "/api/v1/articles/{id}/versions",                    "register",                 list,      "article read", 404},
    // ---- accounts: the session, one's own account, and those who keep the accounts
    {post, "/api/v1/session/enrolment", "session", change, "official", 409, "", "", ""},
    {post, "/api/v1/session/code", "session", change, "official", 409, R"({"no_such_field":1})", "", ""},
    {put, "/api/v1/session/post", "session", change, "official", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/invitation", "session", read, "public", 404, R"({"token":"x"})", "", ""},
    {post, "/api/v1/invitation/accept", "session", create, "public", 400, R"({"no_such_field":1})", "", ""},
    {get, "/api/v1/own", "session", read, "official", 200, "", "", ""},
    {put, "/api/v1/own/password", "session", change, "official", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/own/recovery_codes", "session", create, "official", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/own/delegations", "session", create, "delegate", 400, R"({"no_such_field":1})", "", ""},
    {delete_, "/api/v1/own/delegations/{id}", "session", change, "delegate", 404, "", "", ""},
    {get, "/api/v1/accounts", "account", list, "accounts", 200, "", "", ""},
    {post, "/api/v1/accounts", "account", create, "accounts", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/accounts/{id}/invitation", "account", change, "accounts", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/accounts/{id}/disable", "account", change, "accounts", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/accounts/{id}/end_sessions", "account", change, "accounts", 400, R"({"no_such_field":1})", "", ""},
    {put, "/api/v1/accounts/{id}/post", "account", change, "accounts", 400, R"({"no_such_field":1})", "", ""},
    {get, "/api/v1/recusals", "case", list, "recusal", 200, "", "", ""},
    {get, "/api/v1/agreements", "case", list, "agreements", 200, "", "", ""},
    {get, "/api/v1/account_events", "audit", list, "audit", 200, "", "", ""},
    {get, "/api/v1/settings_log", "audit", list, "audit", 200, "", "", ""},

    // ---- the house: units, duties, categories, rules
    {get, "/api/v1/admin/units", "register", list, "house", 200, "", "", ""},
    {get, "/api/v1/admin/duties", "register", list, "house", 200, "", "", ""},
    {get, "/api/v1/admin/categories", "register", list, "house", 200, "", "", ""},
    {get, "/api/v1/admin/dispatch_rules", "register", list, "house", 200, "", "", ""},
    {get, "/api/v1/admin/rule_book", "register", list, "house", 200, "", "", ""},
    {get, "/api/v1/admin/setup", "register", list, "house", 200, "", "", ""},
    {post, "/api/v1/admin/units", "register", create, "house", 400, R"({"no_such_field":1})", "", ""},
    {get, "/api/v1/admin/units/{id}", "register", read, "house", 404, "", "", ""},
    {put, "/api/v1/admin/units/{id}", "register", change, "house", 400, R"({"no_such_field":1})", "", ""},
    {put, "/api/v1/admin/duties/{category}", "register", change, "house", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/admin/duties/{category}/removal", "register", change, "house", 400, R"({"no_such_field":1})", "", ""},
    {put, "/api/v1/admin/categories/{category}", "register", change, "house", 400, R"({"no_such_field":1})", "", ""},
    {put, "/api/v1/admin/dispatch_rules/{rule}", "register", change, "house", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/admin/dispatch_rules/{rule}/dry_run", "register", search, "house", 400, R"({"no_such_field":1})", "", ""},
    {get, "/api/v1/admin/dispatch_rules/{rule}/versions", "register", list, "house", 200, "", "", ""},
    {get, "/api/v1/admin/test_bench", "register", search, "house", 200, "", "category=minhu:01", ""},
    {get, "/api/v1/admin/health", "statistics", read, "house", 200, "", "", ""},

    // ---- what words speak of, and the models behind it
    {post, "/api/v1/matters/read", "case", search, "receive", 200, R"({"text":"污水管破了，市容局不作为，一直推诿。"})"},
    {get, "/api/v1/cases/{id}/reading", "case", read, "case sort", 200},
    {put, "/api/v1/cases/{id}/not_learnt", "case", change, "case sort", 204},
    {delete_, "/api/v1/cases/{id}/not_learnt", "case", change, "case sort", 204},
    {get, "/api/v1/admin/models", "statistics", list, "house", 200, "", "", ""},
    {post, "/api/v1/admin/models", "register", create, "house", 400, R"({"no_such_field":1})", "", ""},
    {post, "/api/v1/admin/models/{version}/use", "register", change, "house", 400, R"({"no_such_field":1})", "", ""},

    // ---- classes of matters; {class} is one that was rejected, so that nothing happens to it
    {get, "/api/v1/classes", "case statistics", list, "classes", 200},
    {post, "/api/v1/classes", "register", create, "class proposing", 400, R"({"no_such_field":1})"},
    {get, "/api/v1/classes/{class}", "register statistics", read, "class", 200},
    {get, "/api/v1/classes/{class}/steps", "register", list, "class", 200},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "class proposed", 400, tried_of_a_class, "", "proposed"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "class proposed", 409, tried_of_a_class, "", "screened"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "class selected", 409, tried_of_a_class, "", "selected"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "nobody", 409, tried_of_a_class, "", "cause_found"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "nobody", 409, tried_of_a_class, "", "measure_done"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "class measured", 409, tried_of_a_class, "", "measured"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "class verified", 409, tried_of_a_class, "", "verified"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "class proposed", 400, tried_of_a_class, "", "summary_written"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "class published", 400, tried_of_a_class, "", "summary_approved"},
    {post, "/api/v1/classes/{class}/steps/{kind}", "register", change, "nobody", 409, tried_of_a_class, "", "relapsed"},
    {get, "/api/v1/classes/{class}/series", "statistics", read, "class", 200},
    {get, "/api/v1/classes/{class}/cases", "case statistics", list, "class", 200},
    {put, "/api/v1/classes/{class}/cases/{id}", "case", change, "class link", 409},
    {delete_, "/api/v1/classes/{class}/cases/{id}", "case", change, "class link", 409},
    {put, "/api/v1/classes/{class}/cases/{id}/unrelated", "case", change, "class link", 409},
    {post, "/api/v1/classes/{class}/cases/{id}/asked", "rating", create, "class ask", 409, R"({"how":"visit","solved":"yes"})"},
    {get, "/api/v1/cases/{id}/class", "register", read, "case", 200},
    {get, "/api/v1/class_candidates", "statistics", list, "classes", 200},
    {post, "/api/v1/class_candidates/dismissed", "register", create, "class proposing", 400, R"({"no_such_field":1})"},
    {get, "/api/v1/lessons", "statistics", read, "figures", 200},
    {get, "/api/v1/open_data/classes", "statistics", take_away, "public", 200},
    {post, "/api/v1/published_classes/near", "register", search, "public", 200, R"({"text":"路灯不亮"})"},

    // ---- figures, and watching over the cases
    {get, "/api/v1/figures", "statistics", read, "figures", 200, "", "", ""},
    {get, "/api/v1/figures/months", "statistics", read, "figures", 200, "", "", ""},
    {get, "/api/v1/figures/offices", "statistics", read, "figures", 200, "", "", ""},
    {get, "/api/v1/figures/annual", "statistics", read, "figures", 200, "", "", ""},
    {get, "/api/v1/figures/annual.xlsx", "statistics", take_away, "figures", 200, "", "", ""},
    {get, "/figures", "page statistics", read, "public", 200, "", "", ""},
    {get, "/figures/offices", "page statistics", read, "public", 200, "", "", ""},
    {get, "/figures/data.csv", "statistics", take_away, "public", 200, "", "", ""},
    {get, "/figures/data.json", "statistics", take_away, "public", 200, "", "", ""},
    {get, "/api/v1/supervision/cases", "case", list, "supervise", 200, "", "list=overdue", ""},
    {get, "/api/v1/supervision/workload", "statistics", list, "workload", 200, "", "", ""},
    {get, "/api/v1/supervision/rechecks", "statistics", read, "figures", 200, "", "", ""},
    {get, "/api/v1/callbacks", "case", list, "callbacks", 200, "", "", ""},
    {get, "/t/{number}/still", "rating", read, "own still", 200, "", "", ""},
    {post, "/t/{number}/still", "rating", create, "own page", 400, "x=1", "", ""},

    // ---- the pages of an office
    {get,  "/office/assets/{name}",                             "page",                     read,      "public", 200},
    {post, "/office/language",                                  "page",                     change,    "public", 303, "language=en"},
    {get,  "/office/sign-in",                                   "page",                     read,      "public", 200},
    {post, "/office/sign-in",                                   "session",                  create,    "public", 303, "login=$LOGIN&password=a+good+password"},
    {post, "/office/sign-out",                                  "session",                  change,    "official", 303, "x=1", "", "", once},
    {get,  "/office",                                           "case statistics",          list,      "official", 200},
    {get,  "/office/find",                                      "case",                     search,    "case", 303, "", "number=$NUMBER"},
    {get,  "/office/cases/{id}",                                "case event answer rating sealed", read, "case", 200},
    {get,  "/office/cases/{id}/files/{content}",                "attachment",               read,      "attachment", 200, "", "", "attachment"},
    {get,  "/office/cases/{id}/files/{content}",                "attachment answer",        read,      "evidence", 200, "", "", "evidence"},
    {post, "/office/cases/{id}/reveal",                         "identity",                 read,      "phone", 400, "reason=+"},
    {get,  "/office/print/{paper}",                             "case answer",              take_away, "paper", 200, "", "case=$CASE", "opinion"},
    {get,  "/office/receive",                                   "case",                     read,      "receive", 200},
    {post, "/office/receive",                                   "case",                     create,    "receive", 200, "token=$KEY&words=路灯不亮&channel=phone&track=petition&urgency=ordinary"},
    {get,  "/office/rules",                                     "register",                 read,      "official", 200},
    {post, "/office/rules",                                     "register",                 search,    "official", 200, "text=路灯&category=minhu%3A01"},
    {post, "/office/cases/{id}/steps/{kind}",                   "event",                    create,    "step noted", 400, tried_on_page, "", "noted"},
    {post, "/office/cases/{id}/steps/{kind}",                   "case",                     change,    "step transferred", 400, tried_on_page, "", "transferred"},
    {post, "/office/cases/{id}/steps/{kind}",                   "answer",                   create,    "step answered", 400, tried_on_page, "", "answered"},
    {post, "/office/cases/{id}/steps/{kind}",                   "case",                     change,    "step supervised", 400, tried_on_page, "", "supervised"},
    {post, "/office/cases/{id}/steps/{kind}",                   "case",                     change,    "step reopened", 400, tried_on_page, "", "reopened"},

    {get,  "/office/invitation",                                "page",                     read,      "public", 200},
    {post, "/office/invitation",                                "session",                  create,    "public", 404, "token=x"},
    {get,  "/office/second-factor",                             "session",                  read,      "official", 303},
    {post, "/office/second-factor",                             "session",                  change,    "official", 303, "code=000000"},

    // ---- the pages of a speaker
    {get,  "/",                                                 "page",                     read,      "public", 200},
    {get,  "/help",                                             "page",                     read,      "public", 200},
    {get,  "/privacy",                                          "page",                     read,      "public", 200},
    {get,  "/done",                                             "page statistics",          read,      "public", 200},
    {get,  "/done/classes",                                     "page statistics",          read,      "public", 200},
    {get,  "/offline",                                          "page",                     read,      "public", 200},
    {get,  "/record/checkpoint",                                "page",                     read,      "public", 404},
    {get,  "/record/policy",                                    "page",                     read,      "public", 200},
    {get,  "/record/tile/*",                                    "page",                     read,      "public", 404},
    {get,  "/record/history/{year}/{month}/{day}",              "page",                     read,      "public", 404},
    {get,  "/assets/*",                                         "page",                     read,      "public", 200},
    {get,  "/sw.js",                                            "page",                     read,      "public", 200},
    {get,  "/verify",                                           "page",                     read,      "public", 200},
    {get,  "/suggest",                                          "draft",                    create,    "public", 200},
    {get,  "/report/what",                                      "draft",                    read,      "public", 200},
    {post, "/report/what",                                      "draft",                    create,    "public", 400, "x=1"},
    {get,  "/report/files/{id}",                                "draft",                    read,      "nobody", 200},
    {get,  "/report/similar",                                   "draft",                    read,      "public", 303},
    {post, "/report/similar",                                   "draft",                    change,    "public", 303, "x=1"},
    {get,  "/report/where",                                     "draft",                    read,      "public", 303},
    {post, "/report/where",                                     "draft",                    change,    "public", 303, "x=1"},
    {post, "/report/places",                                    "register",                 search,    "public", 200, "search=x"},
    {get,  "/report/contact",                                   "draft",                    read,      "public", 303},
    {post, "/report/contact",                                   "draft",                    change,    "public", 303, "x=1"},
    {get,  "/report/check",                                     "draft",                    read,      "public", 303},
    {get,  "/report/kept/{number}",                             "draft",                    change,    "public", 303},
    {post, "/report/check",                                     "draft",                    change,    "public", 404, "x=1"},
    {get,  "/t",                                                "page",                     read,      "public", 200},
    {post, "/t",                                                "case sealed",              search,    "own case by form", 303, "number=$NUMBER&code=$CODE"},
    {get,  "/lost",                                             "page",                     read,      "public", 200},
    {post, "/lost",                                             "case",                     change,    "public", 400, "x=1"},
    {get,  "/activate",                                         "page",                     read,      "public", 200},
    {post, "/activate",                                         "case",                     change,    "nobody", 303, "number=$NUMBER&code=$CODE&token=$KEY"},
    {get,  "/t/{number}",                                       "case event answer rating", read,      "own page", 200},
    {get,  "/t/{number}/print",                                 "case",                     take_away, "own page", 200},
    {get,  "/t/{number}/files/{id}",                            "attachment",               read,      "own attachment by page", 200, "", "", "attachment"},
    {get,  "/t/{number}/files/{id}",                            "attachment",               read,      "nobody", 200, "", "", "evidence"},
    {post, "/t/{number}/kept",                                  "case",                     change,    "own page", 303, "x=1"},
    {post, "/t/{number}/leave",                                 "session",                  change,    "public", 303, "x=1"},
    {get,  "/t/{number}/supplement",                            "event",                    read,      "own supplement by page", 200},
    {post, "/t/{number}/supplement",                            "event attachment",         create,    "own page", 400, "x=1"},
    {get,  "/t/{number}/retaliation",                           "case sealed",              read,      "own page", 200},
    {post, "/t/{number}/retaliation",                           "case sealed",              create,    "own page", 400, "x=1"},
    {get,  "/t/{number}/urge",                                  "event",                    read,      "own urging by page", 200},
    {post, "/t/{number}/urge",                                  "event",                    create,    "own page", 400, "x=1"},
    {get,  "/t/{number}/withdraw",                              "case",                     read,      "own urging by page", 200},
    {post, "/t/{number}/withdraw",                              "case",                     change,    "own page", 400, "x=1"},
    {get,  "/t/{number}/rate",                                  "rating",                   read,      "own rating by page", 200},
    {post, "/t/{number}/rate",                                  "rating",                   create,    "own page", 400, "x=1"},
    {get,  "/t/{number}/review",                                "case",                     read,      "own review by page", 200},
    {post, "/t/{number}/review",                                "case",                     change,    "own page", 400, "x=1"},
    {get,  "/t/{number}/proof",                                 "case",                     take_away, "own page", 200, "", "as=line"},
    {post, "/t/{number}/proof",                                 "case",                     take_away, "own page", 200, "as=line"},
    {get,  "/t/{number}/mine",                                  "case event identity",      read,      "own page", 200},
    {post, "/t/{number}/mine",                                  "case event identity",      read,      "own page", 200, "x=1"},
    {post, "/t/{number}/mine/copy",                             "case event identity",      take_away, "own page", 200, "x=1"},
    {post, "/t/{number}/mine/contact",                          "identity",                 change,    "own page", 400, "x=1"},
    {post, "/t/{number}/mine/calls",                            "identity",                 change,    "own page", 303, "x=1", "", "", once},
    {get,  "/t/{number}/mine/erase",                            "case",                     read,      "own page", 200},
    {post, "/t/{number}/mine/erase",                            "case",                     change,    "own page", 200, "x=1"},
    {get,  "/t/{number}/looks",                                 "event",                    read,      "own page", 200},
    {post, "/t/{number}/looks",                                 "event",                    read,      "own page", 200, "x=1"},
    {get,  "/t/{number}/revoke",                                "case",                     read,      "own page", 200},
    {post, "/t/{number}/revoke",                                "case",                     change,    "own page", 303, "token=$KEY", "", "", once},

    // ---- the desk: files alone, whatever they show they ask the API for
    {get,  "/desk",                                             "page",                     read,      "public", 200},
    {get,  "/desk/assets/{name}",                               "page",                     read,      "public", 200},
    {get,  "/desk/reception-worker.js",                         "page",                     read,      "public", 200},
    {get,  "/desk/*",                                           "page",                     read,      "public", 200},
    // ---- whoever runs the server
    {get,  "/healthz",                                          "page",                     read,      "public", 200},
    {get,  "/readyz",                                           "page",                     read,      "public", 200},
    {get,  "/metrics",                                          "statistics",               read,      "nobody", 200},  // through the proxy
};

// clang-format on

std::vector<Door> with_steps() {
  static std::deque<std::string> names;
  std::vector<Door> all(std::begin(lines), std::end(lines));
  for (const std::span<const Door> more : {std::span<const Door>(report_doors),
                                           {plan_doors},
                                           {rights_doors},
                                           {promise_doors},
                                           {visit_doors},
                                           {reception_doors}}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  for (const Step& step : steps) {
    names.push_back("step " + std::string(step.kind));
    all.push_back({post,
                   "/api/v1/cases/{id}/steps/{kind}",
                   step.objects,
                   step.verb,
                   names.back(),
                   400,
                   tried,
                   {},
                   step.kind,
                   Manner::plain});
  }
  return all;
}

std::string new_key() {
  static std::atomic<unsigned> last = 0;
  std::string key = std::to_string(++last);
  return std::string(32 - key.size(), '0') + key;
}

std::string encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7f && c != '%' && c != '#' && c != '?' && c != '"') {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

void fill_in(std::string& text, std::string_view name, std::string_view value) {
  for (auto at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size())) {
    text.replace(at, name.size(), value);
  }
}

std::string filled(std::string_view shape, const Ids& ids) {
  std::string text(shape);
  fill_in(text, "$SEQ", std::to_string(ids.seq));
  fill_in(text, "$NUMBER", ids.number);
  fill_in(text, "$CASE", ids.case_id);
  fill_in(text, "$CODE", ids.code);
  fill_in(text, "$UNIT", ids.unit);
  fill_in(text, "$OTHER", ids.other);
  fill_in(text, "$CURSOR", ids.cursor);
  fill_in(text, "$LOGIN", ids.login);
  if (text.find("$KEY") != std::string::npos) fill_in(text, "$KEY", new_key());
  return text;
}

// A file of ours that is there, for the patterns that end in one.
std::string name_of_file(std::string_view pattern) {
  House& house = House::get();
  const auto named_in = [&](const std::string& page, std::string_view before) {
    const Told told = house.ask_raw({http::Method::get, page, {}, {}, {}});
    const auto at = told.body.find(before);
    if (at == std::string::npos) return std::string("no-such-file");
    const auto begin = at + before.size();
    return told.body.substr(begin, told.body.find_first_of("\"?' ", begin) - begin);
  };
  if (pattern == "/office/assets/{name}") return named_in("/office/sign-in", "/office/assets/");
  if (pattern == "/desk/assets/{name}") return named_in("/desk", "/desk/assets/");
  if (pattern == "/assets/*") return named_in("/", "/assets/");
  return "queue";
}

}  // namespace

std::string_view name(Verb verb) {
  constexpr std::string_view names[] = {"read", "list", "search", "create", "change", "export"};
  return names[static_cast<std::size_t>(verb)];
}

std::span<const Door> doors() {
  static const std::vector<Door> all = with_steps();
  return all;
}

Subject subject_of(const Door& door) {
  const auto names = [&](std::string_view what) {
    return door.pattern.find(what) != std::string_view::npos ||
           door.body.find(what) != std::string_view::npos ||
           door.query.find(what) != std::string_view::npos;
  };
  if (names("{number}") || names("$NUMBER")) return Subject::number;
  return names("/cases/{id}") || names("$CASE") ? Subject::case_id : Subject::none;
}

Ids ids_of(const Door& door, const Matter& matter) {
  Ids ids;
  ids.case_id = matter.id;
  ids.number = matter.number;
  ids.seq = matter.seq;
  const auto& files = door.kind == "evidence" ? matter.evidence : matter.attachments;
  ids.content = files.empty() ? "0190aaaa-0000-7000-8000-000000000000" : files.front();
  return ids;
}

Asked request_for(const Door& door, const Ids& ids) {
  Asked asked;
  asked.method = door.method;
  std::string path(door.pattern);
  fill_in(path, "/cases/{id}", "/cases/" + ids.case_id);
  fill_in(path, "{class}", House::get().here().rejected_class());
  fill_in(path, "{visit}", House::get().here().planned_visit());
  fill_in(path, "{number}", ids.number);
  fill_in(path, "{content}", ids.content);
  fill_in(path, "/files/{id}", "/files/" + ids.content);
  fill_in(path, "/plans/{month}", "/plans/2026-12");
  using Filled = std::pair<const char*, std::string_view>;
  for (const auto& [open, one] : {Filled{"{kind}", door.kind},
                                  {"{request}", door.kind},
                                  {"{step}", door.kind},
                                  {"{paper}", door.kind},
                                  {"{item}", "1"},
                                  {"{year}", "2024"},
                                  {"{month}", "02"},
                                  {"{day}", "29"}}) {
    fill_in(path, open, one);
  }
  // What is of no case has no owner to be kept from: one that is not there does.
  for (const char* other : {"{device}", "{session}", "{view}", "{text}", "{id}", "{category}",
                            "{rule}", "{version}", "{report}", "{file}", "{group}", "{calendar}",
                            "{token}", "{investigation}", "{promise}", "{relay}", "{photo}"}) {
    fill_in(path, other, "0190aaaa-0000-7000-8000-00000000cafe");
  }
  if (path.ends_with("{name}")) {
    static std::map<std::string, std::string, std::less<>> known;
    static std::mutex lock;
    const std::lock_guard guard(lock);
    const auto [file, fresh] = known.try_emplace(std::string(door.pattern));
    if (fresh) file->second = name_of_file(door.pattern);
    fill_in(path, "{name}", file->second);
  }
  if (path.ends_with("/*")) path.replace(path.size() - 1, 1, name_of_file(door.pattern));
  asked.target = encoded(path);
  if (!door.query.empty()) asked.target += "?" + encoded(filled(door.query, ids));

  if (door.body == "@with_files") {
    asked.content_type = "multipart/form-data; boundary=zz";
    asked.body = "--zz\r\nContent-Disposition: form-data; name=\"case\"\r\n\r\n" +
                 std::string(words) + "\r\n--zz--\r\n";
  } else if (door.body.starts_with("{")) {
    asked.content_type = "application/json";
    asked.body = filled(door.body, ids);
  } else if (!door.body.empty()) {
    asked.content_type = "application/x-www-form-urlencoded";
    asked.body = encoded(filled(door.body, ids));
  }
  if (is_unsafe(door.method) && door.pattern.starts_with("/api/")) {
    asked.headers.emplace_back("Idempotency-Key", new_key());
  }
  if (subject_of(door) == Subject::number) {
    if (!ids.code.empty()) asked.headers.emplace_back("X-Query-Code", ids.code);
    if (!ids.receipt.empty()) asked.headers.emplace_back("Authorization", "Receipt " + ids.receipt);
    if (!ids.pass.empty()) asked.headers.emplace_back("Cookie", ids.pass);
  }
  return asked;
}

}  // namespace minhu::permission_matrix
