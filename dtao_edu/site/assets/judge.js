// The page's judge: the same rules as dtao_edu.practice.checking.judge, over the values that were
// worked out beforehand. A test holds the two together over all exercises.
"use strict";
window.dtaoJudge = (() => {
  const RIGHT_WITHIN = 1, CLOSE_WITHIN = 10, LEEWAY = 1 + 1e-9;
  const UNITS = {
    "tao": "TAO", "τ": "TAO", "rao": "rao", "alpha": "alpha", "α": "alpha", "%": "%",
    "percent": "%", "per cent": "%", "tao/alpha": "TAO per alpha", "tao per alpha": "TAO per alpha",
    "τ/α": "TAO per alpha", "alpha/tao": "alpha per TAO", "alpha per tao": "alpha per TAO",
    "blocks": "blocks", "days": "days", "tao per block": "TAO per block",
    "tao/block": "TAO per block", "alpha per block": "alpha per block",
    "alpha/block": "alpha per block", "tao per day": "TAO per day", "tao/day": "TAO per day",
  };
  const NUMERAL = /^([-+−]?(?:\d{1,3}(?:,\d{3})+|\d[\d_]*)?(?:\.\d+|\.)?(?:e[-+]?\d+)?)(?:\s*\/\s*(\d+))?\s*([^\d\s].*)?$/i;

  // A number as somebody types it: {value} or {refused: sentence}.
  function read(text, unit) {
    const typed = text.trim();
    if (!typed) return { refused: "Type a number first.", empty: true };
    const found = NUMERAL.exec(typed);
    const digits = found && found[1].replace(/[,_]/g, "").replace("−", "-");
    if (!found || !/\d/.test(digits)) return { refused: `“${typed}” cannot be read as a number.` };
    const value = Number(digits) / (found[2] ? Number(found[2]) : 1);
    if (!Number.isFinite(value)) return { refused: `“${typed}” is no finite number.` };
    const written = (found[3] || "").trim();
    if (written.startsWith(",")) return { refused: `Write “${typed}” with a point for the decimals.` };
    if (written && UNITS[written.toLowerCase().replace(/\s+/g, " ")] !== unit) {
      const asked = unit === "share" ? "A share, from 0 to 1," : `A number ${unit ? `in ${unit}` : "without a unit"}`;
      return { refused: `${asked} is asked for, not one in ${written}.` };
    }
    return { value };
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
    const right = data.candidates[0];
    const early = right.values.every((value, n) =>
      [...coarser(value, data), value].some((coarse) => near(values[n], coarse)));
    if (!off(values, right, CLOSE_WITHIN).length || early) return data.close;
    const place = off(values, right, RIGHT_WITHIN)[0];
    const unit = data.units[place] === "share" ? "" : data.units[place];
    const shown = `${show(values[place], 9)} ${unit}`.trim();
    const said = data.names.length
      ? `The first entry that fails is ${data.names[place]}: ${show(values[place], 9)} is not it.`
      : `${shown} is not it, and it is none of the mistakes known here.`;
    return wrong(said);
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

  // A guess beside the answer, as dtao_edu.practice.predictions.compare says it.
  function compare(guess, answer, unit) {
    const difference = guess - answer, away = answer ? difference / Math.abs(answer) : null;
    const told = `You predicted ${show(guess, 4)} ${unit}`.trim()
      + `; it is ${show(answer, 4)} ${unit}`.trimEnd() + ".";
    const side = difference > 0 ? "above" : "below";
    if (away === null) return difference ? told : `${told} You were there.`;
    if (["%", "percent"].includes(unit) && Math.abs(away) >= 0.005) {
      return `${told} You were ${show(Math.abs(difference), 2)} points ${side}.`;
    }
    if (Math.abs(away) < 0.005) return `${told} You were there.`;
    if (Math.abs(away) < 10) return `${told} You were ${show(Math.abs(100 * away), 2)} % ${side}.`;
    return `${told} The difference is ${show(Math.abs(away), 2)} times the answer.`;
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
