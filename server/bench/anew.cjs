/**
 * Run by the bench's client in a thread of its own, for each request: puts a new place, made up within the given time, for
 * `FROM-TO` in the path, and for a body somebody of the `people`, their `[village]`, and a new `[key]`.
 */
const { randomBytes } = require("node:crypto");

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

module.exports = function anew(request) {
  const path = request.path.replace(/(\d{13})-(\d{13})/, (_, from, to) => {
    let at = Number(from) + Math.floor(Math.random() * (Number(to) - Number(from)));
    let place = "";
    for (let n = 0; n < 10; n++) {
      place = letters[at % 32] + place;
      at = Math.floor(at / 32);
    }
    for (let n = 0; n < 16; n++) place += letters[Math.floor(Math.random() * 32)];
    return place;
  });
  if (request.body === undefined) return { ...request, path };
  const [token, village] = request.people[Math.floor(Math.random() * request.people.length)];
  const key = randomBytes(16).toString("hex");
  const body = request.body.replace("[key]", key).replace("[village]", village);
  return { ...request, path, body, headers: { ...request.headers, authorization: `Bearer ${token}` } };
};
