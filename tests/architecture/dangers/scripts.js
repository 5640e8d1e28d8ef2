// Bad lines, each of which a rule in scripts.yml must find. Nothing here is ever loaded.

// ruleid: html
node.innerHTML = words;
// ruleid: html
node.insertAdjacentHTML("beforeend", words);
// ruleid: html
document.write(words);
// ok: html
node.textContent = words;

// ruleid: run
eval(words);
// ruleid: run
setTimeout("alert()", 1);
// ok: run
setTimeout(run, 1);

// ruleid: kept
localStorage.setItem("answer", words);
// ruleid: kept
document.cookie = words;

// ruleid: sending
fetch(address);
// ruleid: sending
navigator.sendBeacon(address, words);
