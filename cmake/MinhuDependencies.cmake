# Every third-party library, found once. Names come from packaging/debian-packages.txt.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED) # one-time codes (SHA-1), signatures of OpenID Connect; the TLS servers that tests run
find_package(ZLIB REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(gfshare REQUIRED IMPORTED_TARGET libgfshare)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(vips REQUIRED IMPORTED_TARGET vips)
pkg_check_modules(gmodule REQUIRED IMPORTED_TARGET gmodule-no-export-2.0) # comes with libvips-dev
pkg_check_modules(ctemplate REQUIRED IMPORTED_TARGET libctemplate)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
if(MINHU_TESTS)
  find_package(GTest REQUIRED)
  find_package(yaml-cpp REQUIRED)  # with the header library valijson: the contract of /api/v1
endif()
