// Finds the number that is asked while many answers arrive; without this file one waits instead.
// The hash is worked out here: what browsers offer for it needs https and is slow for short texts.

const field = document.querySelector("[data-challenge]");
const { form, dataset: { challenge, bits, later } } = field;
const note = field.nextElementSibling;
const AT_ONCE = 25; // Milliseconds of work, then the page has its turn.

// SHA-256 begins with the fractions of roots of the first primes.
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const BEGIN = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const words = new Int32Array(64);

// The first 32 bits of the hash of a text of at most 55 letters.
function hashed(text) {
  words.fill(0, 0, 16);
  for (let at = 0; at < text.length; at++) words[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  words[15] = text.length * 8;
  let [a, b, c, d, e, f, g, h] = BEGIN;
  for (let at = 0; at < 64; at++) {
    if (at > 15) {
      const x = words[at - 15];
      const y = words[at - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[at] = words[at - 16] + s0 + words[at - 7] + s1;
    }
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[at] + words[at]) | 0;
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return (BEGIN[0] + a) >>> 0;
}

let isSolved = false;
let sender;

function solve(number) {
  const until = performance.now() + AT_ONCE;
  while (performance.now() < until) {
    for (const last = number + 200; number < last; number++) {
      if (hashed(challenge + number) < 2 ** (32 - bits)) return solved(number);
    }
  }
  setTimeout(solve, 0, number);
}

function solved(number) {
  field.value = number;
  isSolved = true;
  note.textContent = "";
  if (sender) form.requestSubmit(sender);
}

form.addEventListener("submit", (event) => {
  if (isSolved || event.submitter?.value !== "send" || !form.requestSubmit) return;
  event.preventDefault();
  sender = event.submitter;
  note.textContent = later;
});
solve(0);
