// What libraries of 2007 left in every object, as far as it still meets newer code.
/* eslint no-extend-native: off */
Object.prototype.extend = function () { return this; };
Array.prototype.toJSON = function () { return "[" + this.join(",") + "]"; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Number.prototype.toJSON = function () { return String(this); };
Date.prototype.toJSON = function () { return '"' + this.getTime() + '"'; };
Array.prototype.each = function (call) { for (var i = 0; i < this.length; i++) call(this[i]); };
Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
Array.prototype.clone = function () { return [].concat(this); };
Array.from = function (list) { var copy = []; for (var i = 0; i < list.length; i++) copy.push(list[i]); return copy; };
Element.prototype.show = function () { this.style.display = ""; return this; };
Element.prototype.hide = function () { this.style.display = "none"; return this; };
Element.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
window.$ = function (id) { return document.getElementById(id); };
window.$A = Array.from;
