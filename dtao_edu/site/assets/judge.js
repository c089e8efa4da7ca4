// The page's judge: the same rules as dtao_edu.practice.checking.judge, over the values that were
// worked out beforehand. A test holds the two together over all exercises.
"use strict";
window.dtaoJudge = (() => {
  const RIGHT_WITHIN = 1, CLOSE_WITHIN = 10, CLOSE_PART = 0.01, LEEWAY = 1 + 1e-9;
  const UNITS = {
    "tao": "TAO", "τ": "TAO", "rao": "rao", "alpha": "alpha", "α": "alpha", "%": "%",
    "percent": "%", "per cent": "%", "tao/alpha": "TAO per alpha", "tao per alpha": "TAO per alpha",
    "τ/α": "TAO per alpha", "alpha/tao": "alpha per TAO", "alpha per tao": "alpha per TAO",
    "blocks": "blocks", "days": "days", "tao per block": "TAO per block",
    "tao/block": "TAO per block", "alpha per block": "alpha per block",
    "alpha/block": "alpha per block", "tao per day": "TAO per day", "tao/day": "TAO per day",
  };
  const NUMERAL = new RegExp("^([-+−]?(?:[1-9]\\d{0,2}(?:[, ]\\d{3})+(?!\\d)|\\d[\\d_]*)?(?:\\.\\d+|\\.)?"
    + "(?:e[-+]?\\d+)?)(?:\\s*/\\s*(\\d+))?\\s*([^\\d\\s].*)?$", "i");

  // A number as somebody types it: {value} or {refused: sentence}.
  function read(text, unit) {
    const typed = text.trim().replace(/\s+/g, " ");
    if (!typed) return { refused: "Type a number first.", empty: true };
    const found = NUMERAL.exec(typed);
    const digits = found && found[1].replace(/[,_ ]/g, "").replace("−", "-");
    if (!found || !/\d/.test(digits)) return { refused: `“${typed}” cannot be read as a number.` };
    const value = Number(digits) / (found[2] ? Number(found[2]) : 1);
    if (!Number.isFinite(value)) return { refused: `“${typed}” is no finite number.` };
    const written = (found[3] || "").trim();
    if (written.startsWith(",")) return { refused: `Write “${typed}” with a point for the decimals.` };
    if (/^[-+*/^]/.test(written)) return { refused: `“${typed}” is a calculation. Give what it comes to.` };
    const times = inUnit(written.toLowerCase(), unit);
    if (!times) {
      const asked = unit === "share" ? "A share, from 0 to 1," : `A number ${unit ? `in ${unit}` : "without a unit"}`;
      return { refused: `${asked} is asked for, not one in ${written}.` };
    }
    return { value: value * times };
  }

  // What a number has to be multiplied by for a unit that was written; 0 for another than asked.
  function inUnit(written, unit) {
    if (!written) return 1;
    const plain = `${written} `.replace(/ (?:a|an|each|every) /g, " per ").trim();
    const named = UNITS[plain] || "", asked = unit.toLowerCase();
    if ([asked, `${asked}s`, asked.replace(/s$/, "")].includes(plain) || named === unit && named) return 1;
    if (unit === "share" && named === "%") return 0.01;
    if (asked.startsWith(`${(named || plain).toLowerCase()} per `)) return 1;
    return asked.includes("point") && (named === "%" || ["points", "point", "pp"].includes(plain)) ? 1 : 0;
  }

  // A number with thousands apart, as dtao_edu.practice.text.show writes it.
  function show(number, digits = 6) {
    if (number === 0) return "0";
    const size = Math.abs(number);
    if (Number.isInteger(number) && size < 1e15) return number.toLocaleString("en-US");
    if (size < 1e-9 || size >= 1e15) return number.toExponential(digits - 1);
    const places = Math.max(digits - 1 - Math.floor(Math.log10(size)), 0);
    return number.toLocaleString("en-US", { maximumFractionDigits: Math.min(places, 20) });
  }

  function off(values, candidate, steps) {
    const places = [];
    candidate.values.forEach((value, n) => {
      if (!(Math.abs(values[n] - value) <= steps * candidate.steps[n] * LEEWAY)) places.push(n);
    });
    return places;
  }

  const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

  // Rounded half to even, as Python rounds the decimal text of a float.
  function coarser(value, data) {
    const found = [];
    if (data.decimals !== null) {
      for (let places = 0; places < data.decimals; places++) {
        const scale = 10 ** places, scaled = value * scale, low = Math.floor(scaled);
        const half = Math.abs(scaled - low - 0.5) < 1e-12;
        found.push((half ? low + (low % 2 ? 1 : 0) : Math.round(scaled)) / scale);
      }
    } else {
      for (let digits = 1; digits < data.digits; digits++) {
        found.push(Number(value.toExponential(digits - 1)));
      }
    }
    return found;
  }

  function judgeNumbers(data, values) {
    for (const candidate of data.candidates) {
      if (!off(values, candidate, RIGHT_WITHIN).length) return candidate;
    }
    const right = data.candidates[0], place = off(values, right, RIGHT_WITHIN)[0];
    const first = data.names.length
      ? `The first entry that fails is ${data.names[place]}: ${show(values[place], 9)} is not it.` : "";
    const mistakes = explain(data, values);
    if (mistakes.length) return { ...data.slip, slips: mistakes, said: first, html: asked(mistakes) };
    const part = CLOSE_PART * LEEWAY;
    const close = right.values.every((value, n) => Math.abs(values[n] - value) <= part * Math.abs(value));
    const early = () => right.values.every((value, n) =>
      [...coarser(value, data), value].some((coarse) => near(values[n], coarse)));
    const counted = right.values.every(Number.isInteger);
    if (close && !counted && (!off(values, right, CLOSE_WITHIN).length || early())) return data.close;
    const unit = data.units[place] === "share" ? "" : data.units[place];
    const shown = `${show(values[place], 9)} ${unit}`.trim();
    return wrong(first || `${shown} is not it, and it is none of the mistakes known here.`);
  }

  // Slips that nobody wrote down, as dtao_edu.practice.slips.match.explain finds them: two at most.
  const ANOTHER_ORDER = "give the numbers in another order";

  function explain(data, values) {
    const right = data.candidates[0].values, names = new Map();
    for (const [likely, mistake, told] of data.slips) {
      let met = false;
      const fits = values.every((value, n) => {
        if (mistake !== ANOTHER_ORDER // an order is whole, or it is none
            && Math.abs(value - right[n]) <= step(data, right[n], right[n]) * 1.001) return true;
        return n in told && isSlip(data, value, told[n]) && (met = true);
      });
      if (fits && met) names.set(mistake, Math.min(likely, names.get(mistake) ?? 9));
    }
    return [...names].sort((a, b) => a[1] - b[1]).slice(0, 2).map(([mistake]) => mistake);
  }

  const exponent = (value) => Number(value.toExponential().split("e")[1]);

  // One unit of the last digit asked.
  function step(data, value, scale = 1) {
    if (data.decimals !== null) return 10 ** -data.decimals;
    return value === 0 ? 1e-12 * (Math.abs(scale) || 1) : 10 ** (exponent(value) - data.digits + 1);
  }

  function isSlip(data, value, slip) {
    if (slip === 0) return Math.abs(value) < 1e-12;
    const away = Math.abs(value - slip);
    if (!(away <= Math.abs(slip) * 0.01)) return false;
    const written = value.toExponential(11).split("e")[0].replace(/[-.]/g, "").replace(/0+$/, "");
    const exact = written.length > 9 ? Math.abs(slip) * 1e-8 : Infinity;
    return away <= 0.51 * Math.min(step(data, slip), exact);
  }

  const marked = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/`([^`]+)`/g, "<code>$1</code>");

  function asked([one, other]) {
    return marked(other ? `Did you ${one}? Or did you ${other}? Both lead to your answer.`
      : `Did you ${one}? That leads to your answer.`);
  }

  const wrong = (said) =>
    ({ outcome: "wrong", misconception: "", label: "wrong", mark: "x", said });

  const same = (a, b) => a.length === b.length && a.every((value, n) => value === b[n]);

  // The verdict on values that were read already: {outcome, misconception, label, mark, html|said}.
  function judge(data, values) {
    if (data.kind === "choice") return data.known[values[0]];
    if (data.kind === "order") {
      const known = data.known.find((one) => same(one.values, values));
      if (known) return known;
      const place = values.findIndex((value, n) => value !== data.right[n]);
      return wrong(`The first place that fails is number ${place + 1}: ${values[place]} is not it.`);
    }
    const verdict = judgeNumbers(data, values);
    return data.reveals ? revealed(data, values, verdict) : verdict;
  }

  // A prediction is answered at once.
  function revealed(data, values, verdict) {
    const unit = data.units[0] === "share" ? "" : data.units[0];
    const told = compare(values[0], data.candidates[0].values[0], unit);
    if (verdict.outcome === "wrong") return { ...verdict, label: "not as predicted", said: told };
    if (verdict.outcome === "close") return { ...verdict, html: "", said: told };
    return verdict;
  }

  // A number with its unit, for one or for many.
  const many = (number, unit) => `${number} ${number === "1" ? unit.replace(/s$/, "") : unit}`.trim();

  // A guess beside the answer, as dtao_edu.practice.predictions.compare says it.
  function compare(guess, answer, unit) {
    const difference = guess - answer, away = answer ? difference / Math.abs(answer) : null;
    const told = `You predicted ${many(show(guess, 4), unit)}; it is ${many(show(answer, 4), unit)}.`;
    const side = difference > 0 ? "above" : "below";
    if (away === null) return difference ? told : `${told} You were there.`;
    if (["%", "percent"].includes(unit) && Math.abs(away) >= 0.005) {
      return `${told} You were ${many(show(Math.abs(difference), 2), "points")} ${side}.`;
    }
    if (Math.abs(away) < 0.005) return `${told} You were there.`;
    if (Math.abs(away) < 10) return `${told} You were ${show(Math.abs(100 * away), 2)} % ${side}.`;
    return `${told} That is another order of magnitude: is it the unit that is asked for?`;
  }

  // What is said of the slip that a guess shows, as dtao_edu.playground.guess.recognise says it.
  const NEAR = 0.002;
  function recognise(guess, answer, known) {
    if (guess === 0 || Math.abs(guess - answer) <= NEAR * Math.abs(answer) / 10) return "";
    let digits = 2;
    while (digits < 17 && Number(guess.toPrecision(digits)) !== guess) digits++;
    const half = 10 ** (Math.floor(Math.log10(Math.abs(guess))) - digits + 1) / 2;
    let best = Infinity, said = "";
    for (const [value, sentence] of known) {
      const away = Math.abs(guess - value);
      if (away <= Math.max(half, NEAR * Math.abs(value)) * LEEWAY && away < best) {
        [best, said] = [away, sentence];
      }
    }
    return best < Math.abs(guess - answer) ? said : "";
  }

  // What is said of a guess at a lesson's question, as dtao_edu.playground.guess.reply says it.
  function judgeGuess(asked, guess) {
    if (asked.choices.length || typeof asked.answer === "string") {
      const told = guess === asked.answer ? "Just so." : `It is: ${asked.answer}.`;
      const known = asked.misconceptions.find((one) => one[1] === guess);
      return [`You predicted: ${guess}. ${told}`, known ? known[2] : asked.why];
    }
    const known = recognise(guess, asked.answer, asked.known);
    return [compare(guess, asked.answer, asked.unit), known || asked.why];
  }

  return { read, show, judge, judgeGuess, compare };
})();
