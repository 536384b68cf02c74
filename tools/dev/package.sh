# package: builds a release and a Debian package of it; it lies in build/release, and its content is listed
set -euo pipefail
bash tools/dev/build.sh release
package=$(bash packaging/debian/build.sh build/release/minhu build/release)
dpkg-deb --contents "$package"
dpkg-deb --info "$package"
echo "$package"
