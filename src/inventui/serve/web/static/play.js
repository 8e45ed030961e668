"use strict";
// Makes of textual.js's terminal one that is ours: where it connects, its font, copying and pasting.
const LONGEST = 256 * 1024;
(async () => {
  const element = document.getElementById("terminal");
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  element.dataset.sessionWebsocketUrl = `${scheme}//${location.host}/play`;
  // As large as leaves room for 80 columns and 24 lines: a cell is 0.6 of it wide and 1.32 high.
  const fontSize = () => {
    const { clientWidth: width, clientHeight: height } = element;
    return Math.max(8, Math.min(16, Math.floor(width / 80 / 0.6), Math.floor(height / 24 / 1.32)));
  };
  element.dataset.fontSize = fontSize();

  // textual.js keeps its terminal to itself, as `terminal` beside `fitAddon`.
  let terminal = null;
  Object.defineProperty(Object.prototype, "fitAddon", {
    configurable: true,
    set(addon) {
      delete Object.prototype.fitAddon;
      this.fitAddon = addon;
      terminal = this.terminal;
    },
  });

  const typing = () => document.querySelector(".xterm-helper-textarea")?.focus();
  const box = document.querySelector(".copy");
  const text = box.querySelector("textarea");
  const hide = () => { box.hidden = true; text.value = ""; typing(); };
  box.querySelector("button").addEventListener("click", hide);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  text.addEventListener("copy", () => setTimeout(hide, 0));

  // The game may copy and never read. A browser copies by itself only over TLS or on this machine,
  // and only for a page in front: else the text is shown to be copied by hand.
  const real = navigator.clipboard;
  const writeText = async (words) => {
    try {
      await real.writeText(words);
    } catch {
      text.value = words;
      box.hidden = false;
      text.focus();
      text.select();
    }
  };
  const clipboard = { writeText, readText: async () => "" };
  Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });

  // ctrl+v pastes, as everywhere in a browser, and is not typed.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey && !event.altKey && event.key.toLowerCase() === "v") {
      event.stopImmediatePropagation();
    }
  }, true);

  // A line over the terminal, for a while.
  const told = document.querySelector(".told");
  let timer = 0;
  const tell = (words) => {
    told.textContent = words;
    told.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => { told.hidden = true; }, 8000);
  };

  // textual.js sends whatever the state of the connection. What is longer than the server takes,
  // a paste by accident, is not sent: it would end the game.
  const send = WebSocket.prototype.send;
  const heard = new WeakSet();
  WebSocket.prototype.send = function (data) {
    if (this.readyState !== WebSocket.OPEN) return;
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener("message", ({ data: said }) => {
        if (typeof said === "string" && JSON.parse(said)[0] === "told") tell(JSON.parse(said)[1]);
      });
    }
    if (new Blob([data]).size <= LONGEST) send.call(this, data);
    else tell("Not pasted: at most 256 KiB at once.");
  };

  // Cells are measured once: the font has to be there.
  const fonts = ["16px", "bold 16px"].map((font) => document.fonts.load(`${font} "Roboto Mono"`));
  const late = new Promise((resolve) => setTimeout(resolve, 3000));
  await Promise.race([Promise.allSettled(fonts), late]);
  const script = document.createElement("script");
  script.src = "/static/textual.js";
  script.addEventListener("load", (event) => {
    // The page may have been loaded before or not: begun here, it is begun once.
    const begin = window.onload;
    window.onload = null;
    begin(event);
    // A phone that is turned has room for other characters.
    const fit = window.onresize;
    window.onresize = () => {
      if (terminal) terminal.options.fontSize = fontSize();
      fit?.();
    };
    // textual.js hears of the window alone, and of a phone's keyboard or a bar that appears not even then.
    new ResizeObserver(() => window.onresize?.()).observe(element);
    typing();
  });
  document.head.append(script);
})();
