/** Run by the bench's client in a thread of its own: puts a new place, made up within the given time, for `FROM-TO`. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

module.exports = function somewhere(request) {
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
  return { ...request, path };
};
