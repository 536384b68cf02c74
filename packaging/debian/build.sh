#!/usr/bin/env bash
# build.sh PROGRAM OUT: a Debian package of that program in the folder OUT; prints its path. `./dev package` calls it with a release.
# MINHU_PACKAGE_COMPRESSION: xz, or gzip where time counts. Depends is what the program is really linked with, as dpkg-shlibdeps finds it on this machine.
set -euo pipefail
program="$(realpath "$1")"
out="$(realpath -m "$2")"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=$(sed -n 's/^project(minhu VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
[ -n "$version" ] || { echo "build.sh: CMakeLists.txt names no version" >&2; exit 1; }
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree="$work/tree"

# Time of the last change, so that the same tree gives the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

into() { install -D -m "$1" "$2" "$tree/$3"; }
install -D -m 755 "$program" "$tree/usr/bin/minhu"
strip --strip-unneeded --remove-section=.comment "$tree/usr/bin/minhu"
into 644 packaging/systemd/minhu.service lib/systemd/system/minhu.service
into 644 packaging/debian/minhu.sysusers usr/lib/sysusers.d/minhu.conf
into 644 packaging/debian/minhu.default etc/default/minhu
install -d -m 700 "$tree/etc/minhu/secrets"
for document in docs/*.md README.md README.zh-CN.md SECURITY.md; do into 644 "$document" "usr/share/doc/minhu/$(basename "$document")"; done
into 644 LICENSE usr/share/doc/minhu/copyright
gzip -9n <CHANGELOG.md >"$work/changelog.gz"
into 644 "$work/changelog.gz" usr/share/doc/minhu/changelog.gz
for file in packaging/monitoring/*; do into 644 "$file" "usr/share/minhu/monitoring/$(basename "$file")"; done
(cd policies && find . -type f -print0) | while IFS= read -r -d '' file; do into 644 "policies/$file" "usr/share/minhu/policies/$file"; done

# dpkg-shlibdeps wants to stand in a source package.
mkdir -p "$work/source/debian"
printf 'Source: minhu\n\nPackage: minhu\nArchitecture: any\n' >"$work/source/debian/control"
depends=$(cd "$work/source" && dpkg-shlibdeps -O --ignore-missing-info "$tree/usr/bin/minhu" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo "build.sh: dpkg-shlibdeps found no library that the program needs" >&2; exit 1; }

mkdir -p "$tree/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$tree" | cut -f1)/" \
  -e "s/@DEPENDS@/$depends/" packaging/debian/control.in >"$tree/DEBIAN/control"
echo /etc/default/minhu >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 755 "packaging/debian/$script" "$tree/DEBIAN/$script"; done
(cd "$tree" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
find "$tree" -newermt "@$SOURCE_DATE_EPOCH" -print0 | xargs -0r touch --no-dereference --date="@$SOURCE_DATE_EPOCH"
mkdir -p "$out"
dpkg-deb --root-owner-group "-Z${MINHU_PACKAGE_COMPRESSION:-xz}" --build "$tree" "$out/minhu_${version}_$architecture.deb" >/dev/null
echo "$out/minhu_${version}_$architecture.deb"
