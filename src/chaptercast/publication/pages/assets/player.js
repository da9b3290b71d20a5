// The episode page. Everything here is an addition: without it the browser's own player, the chapters and the text serve.
addEventListener("DOMContentLoaded", () => {
  const byId = (id) => document.getElementById(`page-${id}`);
  const player = document.querySelector(".player");
  const audio = player.querySelector("audio");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const lengthOf = () => audio.duration || Number(player.dataset.ends) / 1000;

  // Places in time. A time may come back from the player a little smaller than it was set.
  const SLACK_S = 0.03;
  const lastBefore = (starts, time) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const contents = document.querySelector(".chapters");
  const chapters = Array.from(document.querySelectorAll("#page-chapters a"), (link) => ({
    link,
    anchor: decodeURIComponent(link.hash.slice(1)),
    title: link.firstElementChild.textContent,
    start: Number(link.dataset.start) / 1000,
  }));
  const chapterStarts = chapters.map((chapter) => chapter.start);
  // By their times: a note stands behind the paragraph in which it is told.
  const sentences = Array.from(document.querySelectorAll("[data-b]")).sort((a, b) => a.dataset.b - b.dataset.b);
  const sentenceStarts = Float64Array.from(sentences, (span) => Number(span.dataset.b) / 1000);
  const chapterAt = (time) => lastBefore(chapterStarts, time + SLACK_S);

  // One player: the buttons and the slider stand for the browser's own, which comes back where the recording cannot be played.
  audio.controls = Boolean(audio.error);
  audio.addEventListener("error", () => {
    audio.controls = true;
  });

  // Playing.
  let started = false;
  let wandered = false;

  function seek(time) {
    audio.currentTime = Math.min(Math.max(0, time), lengthOf());
    wandered = false;
    started = true;
    show();
  }

  function play() {
    audio.play().catch(() => {}); // the browser says itself why it does not
  }

  function goToChapter(number) {
    const chapter = chapters[number];
    if (!chapter) return;
    seek(chapter.start);
    say(byId("status").dataset.chapter.replace("%", () => chapter.title));
  }

  function previousChapter() {
    const number = chapterAt(audio.currentTime);
    const justBegun = audio.currentTime - (chapterStarts[number] ?? 0) < 3;
    goToChapter(Math.max(0, justBegun ? number - 1 : number));
  }

  function nextChapter() {
    goToChapter(chapterAt(audio.currentTime) + 1);
  }

  // Reading along: the sentence by a class, the word by the CSS Custom Highlight API, which needs no element for each.
  const markWord = globalThis.Highlight && CSS.highlights ? new Highlight() : null;
  if (markWord) CSS.highlights.set("word", markWord);
  let shownSentence = null;
  let shownChapter = null;
  let shownWord = -1;
  let words = { starts: [], ranges: [] };

  function wordsOf(span) {
    const numbers = (span.dataset.w || "").split(" ").filter(Boolean).map(Number);
    const found = { starts: [], ranges: [] };
    let place = 0;
    let time = Number(span.dataset.b);
    for (let i = 0; i + 2 < numbers.length; i += 3) {
      const from = place + numbers[i];
      place = from + numbers[i + 1];
      time += numbers[i + 2];
      found.starts.push(time / 1000);
      found.ranges.push([from, place]);
    }
    return found;
  }

  // The text nodes of a sentence; readings over characters are no part of what is counted.
  function* textsOf(span) {
    const walker = document.createTreeWalker(span, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest("rt, rp")) yield node;
    }
  }

  function placeIn(span, wanted, atEnd) {
    let left = wanted;
    let last = [span, 0];
    for (const node of textsOf(span)) {
      if (left < node.length || (atEnd && left === node.length)) return [node, left];
      left -= node.length;
      last = [node, node.length];
    }
    return last;
  }

  function showSentence(time) {
    const span = sentences[lastBefore(sentenceStarts, time + SLACK_S)] ?? null;
    if (span !== shownSentence) {
      shownSentence?.classList.remove("spoken");
      shownSentence = span;
      shownWord = -1;
      markWord?.clear();
      span?.classList.add("spoken");
      words = span ? wordsOf(span) : { starts: [], ranges: [] };
      if (span) followTo(span);
    }
    const word = lastBefore(words.starts, time + SLACK_S);
    if (!markWord || word === shownWord) return;
    shownWord = word;
    markWord.clear();
    if (word < 0) return;
    const [from, to] = words.ranges[word];
    const [startContainer, startOffset] = placeIn(span, from, false);
    const [endContainer, endOffset] = placeIn(span, to, true);
    markWord.add(new StaticRange({ startContainer, startOffset, endContainer, endOffset }));
  }

  function showChapter(time) {
    const link = chapters[chapterAt(time)]?.link ?? null;
    if (link === shownChapter) return;
    shownChapter?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    shownChapter = link;
    const scrolls = contents.scrollHeight > contents.clientHeight && !contents.contains(document.activeElement);
    if (link && scrolls && follow.checked) contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
  }

  const position = byId("position");
  const clock = (seconds) => {
    const [hours, minutes, rest] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
    const padded = String(rest).padStart(2, "0");
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
  };
  function showPosition(time) {
    const text = position.dataset.says.replace("%", () => clock(time));
    if (text === byId("time").textContent) return;
    byId("time").textContent = text;
    if (document.activeElement !== position || audio.paused) position.setAttribute("aria-valuetext", text); // else it were told each second
    position.value = String(time);
  }
  const STEPS_S = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 };
  position.addEventListener("keydown", (event) => {
    const step = STEPS_S[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    seek(audio.currentTime + step);
    position.setAttribute("aria-valuetext", byId("time").textContent);
  });
  position.addEventListener("input", () => {
    seek(Number(position.value));
    position.setAttribute("aria-valuetext", byId("time").textContent);
  });

  const wave = document.querySelector(".wave svg");
  function show() {
    const time = audio.currentTime;
    showPosition(time);
    if (started) showSentence(time);
    showChapter(time);
    const { width } = wave?.viewBox.baseVal ?? {};
    wave?.querySelector(".now").setAttribute("transform", `translate(${(time / lengthOf()) * width} 0)`);
  }

  function run() {
    show();
    if (!audio.paused && !audio.ended) requestAnimationFrame(run);
  }

  // Following the text; whoever scrolls away is left in peace until the spoken sentence is in sight again.
  const follow = byId("follow");
  follow.checked = (kept.get("follow") ?? (calm.matches ? "no" : "yes")) === "yes";
  follow.addEventListener("change", () => {
    kept.set("follow", follow.checked ? "yes" : "no");
    wandered = false;
    if (shownSentence) followTo(shownSentence);
  });
  const SCROLLING = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " ", "Tab"]);
  const wander = () => {
    wandered = true;
  };
  addEventListener("wheel", wander, { passive: true });
  addEventListener("touchmove", wander, { passive: true });
  addEventListener("keydown", (event) => {
    if (SCROLLING.has(event.key) && !player.contains(event.target)) wander();
  });

  function followTo(span) {
    if (!follow.checked || audio.paused) return;
    const { top, bottom } = span.getBoundingClientRect();
    const ceiling = Math.max(0, player.getBoundingClientRect().bottom);
    const inSight = top >= ceiling && bottom <= innerHeight;
    if (wandered && !inSight) return;
    wandered = false;
    if (inSight && bottom < innerHeight * 0.85) return;
    span.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }

  // The player's buttons.
  const playButton = byId("play");
  playButton.addEventListener("click", () => (audio.paused ? play() : audio.pause()));
  byId("previous").addEventListener("click", previousChapter);
  byId("next").addEventListener("click", nextChapter);
  for (const button of player.querySelectorAll("[data-skip]")) {
    button.addEventListener("click", () => seek(audio.currentTime + Number(button.dataset.skip)));
  }
  const speed = byId("speed");
  const speedKept = kept.get("speed");
  if (Array.from(speed.options, (option) => option.value).includes(speedKept)) speed.value = speedKept;
  const setSpeed = () => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
  };
  setSpeed();
  speed.addEventListener("change", () => {
    setSpeed();
    kept.set("speed", speed.value);
    say(speed.dataset.says.replace("%", speed.selectedOptions[0].label));
  });
  audio.addEventListener("ratechange", () => {
    speed.value = String(audio.playbackRate);
  });

  for (const event of ["play", "pause", "ended"]) {
    audio.addEventListener(event, () => {
      const { play: offer, pause } = playButton.dataset;
      playButton.lastElementChild.textContent = audio.paused ? offer : pause;
      playButton.classList.toggle("playing", !audio.paused);
    });
  }
  audio.addEventListener("play", () => {
    started = true;
    run();
  });
  for (const event of ["seeked", "timeupdate", "loadedmetadata"]) audio.addEventListener(event, show);

  // Ways to a place: chapters, the buttons beside headings, words, the drawing, and addresses with #t= or a chapter.
  chapters.forEach(({ link }, number) => {
    link.addEventListener("click", () => {
      goToChapter(number);
      play();
    });
  });
  for (const button of document.querySelectorAll(".here")) {
    button.addEventListener("click", () => {
      seek(Number(button.dataset.start) / 1000);
      play();
    });
  }

  function timeOf(span, event) {
    const position = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const range = position ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const node = position?.offsetNode ?? range?.startContainer;
    const place = position?.offset ?? range?.startOffset ?? 0;
    const { starts, ranges } = wordsOf(span);
    let before = 0;
    let at = -1;
    for (const text of textsOf(span)) {
      if (text === node) at = before + place;
      before += text.length;
    }
    const word = ranges.findLastIndex(([from]) => from <= at);
    return starts[word] ?? Number(span.dataset.b) / 1000;
  }

  // One listener on the document: on the text itself screen readers would call every line clickable.
  document.addEventListener("click", (event) => {
    const span = event.target.closest?.("[data-b]");
    if (!span || event.target.closest("a") || !getSelection().isCollapsed) return;
    seek(timeOf(span, event));
    play();
  });
  wave?.addEventListener("click", (event) => {
    const { left, width } = wave.getBoundingClientRect();
    seek(((event.clientX - left) / width) * lengthOf());
  });

  function placeInAddress() {
    const time = /^#t=(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)/.exec(location.hash); // Media Fragments URI 1.0, 4.2.1
    if (time) return Number(time[1] ?? 0) * 3600 + Number(time[2] ?? 0) * 60 + Number(time[3]);
    return chapters.find(({ link }) => link.hash && link.hash === location.hash)?.start;
  }
  addEventListener("hashchange", () => {
    const place = placeInAddress();
    if (place === undefined || Math.abs(place - audio.currentTime) < 1) return; // a chapter's link was there before
    seek(place);
  });

  // The position is remembered for each episode.
  const bookmark = `position:${player.dataset.guid}`;
  let savedAt = -1;
  const save = () => kept.set(bookmark, audio.ended ? 0 : audio.currentTime.toFixed(2));
  audio.addEventListener("timeupdate", () => {
    if (!started || Math.abs(audio.currentTime - savedAt) < 2) return;
    savedAt = audio.currentTime;
    save();
  });
  for (const event of ["pause", "ended"]) audio.addEventListener(event, save);
  addEventListener("pagehide", () => started && save());
  // A chapter's link stays in the address: who comes anew starts there, who loads the page again goes on where they were.
  const again = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const left = Number(kept.get(bookmark));
  const place = again ? left || placeInAddress() : (placeInAddress() ?? left);
  if (place > 0 && place < lengthOf()) audio.currentTime = place;
  show();

  // Keys of headsets and lock screens.
  if (navigator.mediaSession) {
    const { title, author } = player.dataset;
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist: author });
    const actions = {
      previoustrack: previousChapter,
      nexttrack: nextChapter,
      seekbackward: () => seek(audio.currentTime + Number(byId("back").dataset.skip)),
      seekforward: () => seek(audio.currentTime + Number(byId("forward").dataset.skip)),
    };
    for (const [action, handler] of Object.entries(actions)) {
      try {
        navigator.mediaSession.setActionHandler(action, handler);
      } catch {
        // An action that this browser does not know.
      }
    }
  }

  // What is focused or gone to must not hide behind the player.
  new ResizeObserver(() => {
    const sticks = getComputedStyle(player).position === "sticky";
    root.style.setProperty("--player-height", `${sticks ? player.offsetHeight : 0}px`);
  }).observe(player);
});
