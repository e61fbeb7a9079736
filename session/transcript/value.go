package transcript

import (
	"encoding"
	"encoding/binary"
	"reflect"
)

// A value in the journal is what its type tells: numbers are variable integers,
// a text is its length and its bytes, whatever they are; a list is its length
// and its elements, a pointer tells whether there is something behind it, a
// struct is its fields. Times and addresses are bytes of their own making.
// What is behind an interface, or not exported, is not written.

// appendValue appends a value to dst.
func appendValue(dst []byte, v reflect.Value) []byte {
	if own, ok := v.Interface().(encoding.BinaryMarshaler); ok {
		data, _ := own.MarshalBinary() // a time beyond its years comes back as none
		return appendBytes(dst, data)
	}
	switch {
	case v.Kind() == reflect.String:
		return appendBytes(dst, []byte(v.String()))
	case v.Kind() == reflect.Bool:
		return appendBool(dst, v.Bool())
	case v.CanInt():
		return binary.AppendVarint(dst, v.Int())
	case v.CanUint():
		return binary.AppendUvarint(dst, v.Uint())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return appendBytes(dst, v.Bytes())
	case v.Kind() == reflect.Slice:
		dst = binary.AppendUvarint(dst, uint64(v.Len()))
		for i := range v.Len() {
			dst = appendValue(dst, v.Index(i))
		}
	case v.Kind() == reflect.Pointer:
		if dst = appendBool(dst, !v.IsNil()); !v.IsNil() {
			dst = appendValue(dst, v.Elem())
		}
	case v.Kind() == reflect.Struct:
		for field := range fields(v) {
			dst = appendValue(dst, field)
		}
	}
	return dst
}

func appendBytes(dst, data []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(data))), data...)
}

func appendBool(dst []byte, set bool) []byte {
	if set {
		return append(dst, 1)
	}
	return append(dst, 0)
}

// fields are those of a struct that are written.
func fields(v reflect.Value) func(yield func(reflect.Value) bool) {
	return func(yield func(reflect.Value) bool) {
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.IsExported() && field.Type.Kind() != reflect.Interface && !yield(v.Field(i)) {
				return
			}
		}
	}
}

// value reads a value into v, which is zero.
func (r *reader) value(v reflect.Value) {
	if own, ok := v.Addr().Interface().(encoding.BinaryUnmarshaler); ok {
		if data := r.bytes(); len(data) > 0 && own.UnmarshalBinary(data) != nil {
			r.ok = false
		}
		return
	}
	switch {
	case v.Kind() == reflect.String:
		v.SetString(string(r.bytes()))
	case v.Kind() == reflect.Bool:
		v.SetBool(r.one() == 1)
	case v.CanInt():
		v.SetInt(r.signed())
	case v.CanUint():
		v.SetUint(r.unsigned())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		v.SetBytes(append([]byte(nil), r.bytes()...))
	case v.Kind() == reflect.Slice:
		r.list(v)
	case v.Kind() == reflect.Pointer:
		if r.one() == 1 {
			v.Set(reflect.New(v.Type().Elem()))
			r.value(v.Elem())
		}
	case v.Kind() == reflect.Struct:
		for field := range fields(v) {
			r.value(field)
		}
	}
}

// list reads elements one by one, so that a length that is a lie takes no room.
func (r *reader) list(v reflect.Value) {
	for n := r.unsigned(); n > 0 && r.ok; n-- {
		element := reflect.New(v.Type().Elem()).Elem()
		r.value(element)
		v.Set(reflect.Append(v, element))
	}
}

// bytes reads a length and so many bytes.
func (r *reader) bytes() []byte {
	n := r.unsigned()
	if n == 0 {
		return nil
	}
	if n > uint64(len(r.data)) {
		r.ok, r.data = false, nil
		return nil
	}
	data := r.data[:n]
	r.skip(int(n))
	return data
}
