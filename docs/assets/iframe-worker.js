// Lets the search work in pages that are opened from a disk. Browsers start no worker from there; an iframe of this page
// stands in for one, and takes and gives the same messages.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      this.ready = new Promise((done) => {
        frame.onload = () => {
          const inside = frame.contentWindow;
          inside.postMessage = (data) => this.tell(data);
          inside.importScripts = (...more) => Promise.all(more.map((one) => this.load(inside, one)));
          this.load(inside, url).then(() => done(inside));
        };
      });
      document.body.append(frame);
    }

    load(inside, url) {
      return new Promise((done, failed) => {
        const script = inside.document.createElement("script");
        Object.assign(script, { src: String(url), onload: done, onerror: failed });
        inside.document.body.append(script);
      });
    }

    tell(data) {
      const event = new MessageEvent("message", { data });
      this.dispatchEvent(event);
      this.onmessage?.(event);
    }

    postMessage(data) {
      this.ready.then((inside) => inside.dispatchEvent(new MessageEvent("message", { data })));
    }
  };
}
