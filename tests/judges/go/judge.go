// The other side of ../merkle_judge.cc, on golang.org/x/mod: judge write FILE SEED TREES | check FILE.
//
// Only functions that take nothing on trust are used (CheckRecord, CheckTree, ProveRecord, ProveTree,
// note.Open); TileHashReader of x/mod before 0.40 leaves tiles unchecked (CVE-2026-56865).
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const cosignatureKind = 4

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// ---- a witness's key, which x/mod does not know ------------------------------------------------

type witness struct {
	name    string
	public  ed25519.PublicKey
	private ed25519.PrivateKey // of those that we sign with
	seconds uint64             // said with a signature, or read from one
}

func (w *witness) Name() string { return w.name }

func (w *witness) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(w.name+"\n"+string(rune(cosignatureKind))), w.public...))
	return binary.BigEndian.Uint32(sum[:])
}

func message(seconds uint64, text []byte) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", seconds)), text...)
}

func (w *witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	w.seconds = binary.BigEndian.Uint64(signature)
	return ed25519.Verify(w.public, message(w.seconds, text), signature[8:])
}

func (w *witness) Sign(text []byte) ([]byte, error) {
	time := make([]byte, 8)
	binary.BigEndian.PutUint64(time, w.seconds)
	return append(time, ed25519.Sign(w.private, message(w.seconds, text))...), nil
}

func (w *witness) verifierKey() string {
	encoded := append([]byte{cosignatureKind}, w.public...)
	return fmt.Sprintf("%s+%08x+%s", w.name, w.KeyHash(), base64.StdEncoding.EncodeToString(encoded))
}

func parseWitness(key string) (*witness, error) {
	parts := strings.SplitN(key, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("no key")
	}
	encoded, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(encoded) != 33 || encoded[0] != cosignatureKind {
		return nil, fmt.Errorf("no key of a witness")
	}
	w := &witness{name: parts[0], public: encoded[1:]}
	if fmt.Sprintf("%08x", w.KeyHash()) != parts[1] {
		return nil, fmt.Errorf("the number does not fit the key")
	}
	return w, nil
}

// ---- a tree of "record 0", "record 1", … --------------------------------------------------------

type tree struct {
	hashes []tlog.Hash
	size   int64
}

func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = t.hashes[index]
	}
	return out, nil
}

func entry(i int64) []byte { return []byte(fmt.Sprintf("record %d", i)) }

func (t *tree) growTo(size int64) {
	for ; t.size < size; t.size++ {
		stored, err := tlog.StoredHashes(t.size, entry(t.size), t)
		must(err)
		t.hashes = append(t.hashes, stored...)
	}
}

func (t *tree) root(size int64) tlog.Hash {
	root, err := tlog.TreeHash(size, t)
	must(err)
	return root
}

// ---- write -------------------------------------------------------------------------------------

type writer struct {
	out  *bufio.Writer
	dice *rand.Rand
	tree tree
}

func joined(proof []tlog.Hash) string {
	if len(proof) == 0 {
		return "-"
	}
	words := make([]string, len(proof))
	for i, hash := range proof {
		words[i] = hash.String()
	}
	return strings.Join(words, ",")
}

func (w *writer) flipped(hash tlog.Hash) tlog.Hash {
	hash[w.dice.Intn(32)] ^= 1 << w.dice.Intn(8)
	return hash
}

func (w *writer) damaged(proof []tlog.Hash) []tlog.Hash {
	if len(proof) == 0 {
		return []tlog.Hash{w.flipped(tlog.Hash{})}
	}
	at := w.dice.Intn(len(proof))
	out := append([]tlog.Hash{}, proof[:at]...)
	switch w.dice.Intn(3) {
	case 0:
		out = append(out, w.flipped(proof[at]))
	case 1: // left out
	default:
		out = append(out, w.flipped(tlog.Hash{}), proof[at])
	}
	return append(out, proof[at+1:]...)
}

func (w *writer) oneTree(size int64) {
	root := w.tree.root(size)
	fmt.Fprintf(w.out, "root %d %s\n", size, root)
	for index := int64(0); index < size; index++ {
		proof, err := tlog.ProveRecord(size, index, &w.tree)
		must(err)
		leaf := tlog.RecordHash(entry(index))
		line := func(verdict string, leaf tlog.Hash, proof []tlog.Hash) {
			fmt.Fprintf(w.out, "inclusion %s %d %d %s %s %s\n", verdict, index, size, root, leaf, joined(proof))
		}
		line("good", leaf, proof)
		if w.dice.Intn(10) == 0 {
			line("bad", leaf, w.damaged(proof))
			line("bad", w.flipped(leaf), proof)
		}
	}
	for older := int64(1); older <= size; older++ {
		proof, err := tlog.ProveTree(size, older, &w.tree)
		must(err)
		before := w.tree.root(older)
		line := func(verdict string, before tlog.Hash, proof []tlog.Hash) {
			fmt.Fprintf(w.out, "consistency %s %d %s %d %s %s\n", verdict, older, before, size, root, joined(proof))
		}
		line("good", before, proof)
		if w.dice.Intn(10) == 0 {
			line("bad", before, w.damaged(proof))
			line("bad", w.flipped(before), proof)
		}
	}
	w.note(size, root)
}

func (w *writer) note(size int64, root tlog.Hash) {
	private, public, err := note.GenerateKey(w.dice, "log.example/of-go")
	must(err)
	signer, err := note.NewSigner(private)
	must(err)
	witnessPublic, witnessPrivate, err := ed25519.GenerateKey(w.dice)
	must(err)
	cosigner := &witness{"witness.example/of-go", witnessPublic, witnessPrivate, uint64(w.dice.Int63n(4e9))}
	text := fmt.Sprintf("log.example/of-go\n%d\n%s\n", size, root)
	signed, err := note.Sign(&note.Note{Text: text}, signer, cosigner)
	must(err)
	changed := strings.Replace(string(signed), fmt.Sprintf("\n%d\n", size), fmt.Sprintf("\n%d\n", size+1), 1)
	for verdict, bytes := range map[string]string{"good": string(signed), "bad": changed} {
		encoded := base64.StdEncoding.EncodeToString([]byte(bytes))
		fmt.Fprintf(w.out, "note %s %s %s\n", verdict, public, encoded)
		fmt.Fprintf(w.out, "cosigned %s %s %d %s\n", verdict, cosigner.verifierKey(), cosigner.seconds, encoded)
	}
}

func write(path string, seed int64, trees int) {
	const largest = 2000
	file, err := os.Create(path)
	must(err)
	w := &writer{out: bufio.NewWriter(file), dice: rand.New(rand.NewSource(seed))}
	w.tree.growTo(largest)
	for size := int64(1); size <= 40; size++ {
		w.oneTree(size)
	}
	for _, size := range []int64{255, 256, 257, 512, 513} {
		w.oneTree(size)
	}
	for i := 0; i < trees; i++ {
		w.oneTree(41 + w.dice.Int63n(largest-40))
	}
	must(w.out.Flush())
	must(file.Close())
}

// ---- check -------------------------------------------------------------------------------------

func number(word string) int64 {
	n, err := strconv.ParseInt(word, 10, 64)
	must(err)
	return n
}

func hash(word string) tlog.Hash {
	h, err := tlog.ParseHash(word)
	must(err)
	return h
}

func hashes(word string) []tlog.Hash {
	if word == "-" {
		return nil
	}
	var out []tlog.Hash
	for _, part := range strings.Split(word, ",") {
		out = append(out, hash(part))
	}
	return out
}

func opened(encoded string, verifier note.Verifier) bool {
	text, err := base64.StdEncoding.DecodeString(encoded)
	must(err)
	_, err = note.Open(text, note.VerifierList(verifier))
	return err == nil
}

func accepted(words []string) bool {
	switch words[0] {
	case "inclusion":
		return tlog.CheckRecord(hashes(words[6]), number(words[3]), hash(words[4]), number(words[2]), hash(words[5])) == nil
	case "consistency":
		return tlog.CheckTree(hashes(words[6]), number(words[4]), hash(words[5]), number(words[2]), hash(words[3])) == nil
	case "note":
		verifier, err := note.NewVerifier(words[2])
		must(err)
		return opened(words[3], verifier)
	case "cosigned":
		verifier, err := parseWitness(words[2])
		must(err)
		return opened(words[4], verifier) && verifier.seconds == uint64(number(words[3]))
	}
	panic("no such line: " + words[0])
}

func check(path string) bool {
	file, err := os.Open(path)
	must(err)
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	var own tree
	counts := map[string]int{}
	disagreements := 0
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		counts[words[0]]++
		var agrees bool
		if words[0] == "root" {
			own.growTo(number(words[1]))
			agrees = own.root(number(words[1])) == hash(words[2])
		} else {
			agrees = accepted(words) == (words[1] == "good")
		}
		if !agrees {
			if disagreements++; disagreements <= 5 {
				fmt.Fprintln(os.Stderr, "Go disagrees:", lines.Text())
			}
		}
	}
	must(lines.Err())
	var kinds []string
	for kind := range counts {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	for _, kind := range kinds {
		fmt.Printf("%d %s, ", counts[kind], kind)
	}
	fmt.Printf("%d disagreements\n", disagreements)
	return len(counts) == 5 && disagreements == 0
}

func main() {
	switch {
	case len(os.Args) == 5 && os.Args[1] == "write":
		trees, err := strconv.Atoi(os.Args[4])
		must(err)
		write(os.Args[2], number(os.Args[3]), trees)
	case len(os.Args) == 3 && os.Args[1] == "check":
		if !check(os.Args[2]) {
			os.Exit(1)
		}
	default:
		fmt.Fprintln(os.Stderr, "judge write FILE SEED TREES | check FILE")
		os.Exit(2)
	}
}
